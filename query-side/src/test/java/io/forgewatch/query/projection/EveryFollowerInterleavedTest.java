package io.forgewatch.query.projection;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.forgewatch.event.RecordedEvent;
import io.forgewatch.event.enterprise.EnterpriseId;
import io.forgewatch.event.identity.Jurisdiction;
import io.forgewatch.event.identity.Role;
import io.forgewatch.query.given.Anything;
import io.forgewatch.query.given.Interleaving;
import io.forgewatch.query.given.Rooms;
import io.forgewatch.query.given.Store;
import io.forgewatch.query.outlet.Outlet;
import io.forgewatch.query.outlet.Told;
import io.forgewatch.query.telemetry.Census;
import io.forgewatch.query.telemetry.LiveReadings;
import io.forgewatch.web.Caller;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.Disposable;
import reactor.core.Disposables;

/**
 * Every stream, and whatever an instance may keep of any view in memory: two instances fold at once, each knows at its own pace how
 * far that is, and both tell and keep what the events make.
 */
class EveryFollowerInterleavedTest {

    private static final int EVENTS = 160;
    private static final Caller NATION = new Caller("ministry", Role.MINISTRY, new Jurisdiction.Nation(), Instant.MAX);

    /** An instance that follows what is stored of all views. */
    private static final class Follower implements AutoCloseable {
        final Progress progress = new Progress();
        final Rooms rooms;
        final List<ViewDefinition> newest;
        final Map<String, List<Told.News>> heard = new TreeMap<>();
        final Map<String, ConcurrentMap<String, Object>> kept = new TreeMap<>();
        private final Disposable.Composite running = Disposables.composite();

        Follower(Store store) {
            rooms = new Rooms(store.database(), progress);
            newest = List.copyOf(rooms.views().stream()
                    .collect(Collectors.toMap(
                            one -> one.name().name(),
                            one -> one,
                            (one, other) -> one.name().version() > other.name().version() ? one : other))
                    .values());
            newest.forEach(one -> {
                progress.serve(Served.first(Generation.first(one.name())));
                progress.advance(Generation.first(one.name()), 0);
            });
            rooms.all(View.class).forEach(this::keep);
            rooms.all(Outlet.class).forEach(this::listen);
        }

        private <S> void keep(View<S> view) {
            ConcurrentMap<String, Object> memory = new ConcurrentHashMap<>();
            kept.put(view.name().name() + "/" + view.kind(), memory);
            running.add(view.changes().subscribe(held -> memory.put(held.id(), held.content())));
        }

        private void listen(Outlet<?> outlet) {
            Awaitility.await().until(outlet::isOpen);
            List<Told.News> news = new CopyOnWriteArrayList<>();
            heard.put(outlet.view().name(), news);
            running.add(outlet.stream()
                    .open(NATION, null)
                    .block()
                    .ofType(Told.News.class)
                    .subscribe(news::add));
        }

        /** What its live readings expect, as far as anybody sees it: points of which it is not known yet whether they are live. */
        Map<String, Census> expected() {
            LiveReadings live = rooms.one(LiveReadings.class);
            return Anything.WORKS.stream()
                    .collect(Collectors.toMap(
                            works -> works,
                            works -> live.census(new Jurisdiction.Enterprise(new EnterpriseId(works)))));
        }

        List<Told.News> past(Outlet<?> outlet, int expected) {
            List<Told.News> news = new ArrayList<>();
            Disposable reading = outlet.stream()
                    .open(NATION, "0")
                    .block()
                    .ofType(Told.News.class)
                    .subscribe(news::add);
            Awaitility.await().until(() -> news.size() >= expected);
            reading.dispose();
            return news;
        }

        @Override
        public void close() {
            running.dispose();
            rooms.close();
        }
    }

    @Test
    void given_the_rooms_when_their_streams_and_views_are_looked_for_then_none_is_overlooked() {
        try (Store store = new Store();
                Follower follower = new Follower(store)) {
            assertThat(follower.heard.keySet())
                    .containsExactlyInAnyOrderElementsOf(follower.newest.stream()
                            .filter(one -> one.spoken() != null)
                            .map(one -> one.name().name())
                            .toList())
                    .contains("warnings");
            assertThat(follower.kept.keySet().stream().map(kind -> kind.substring(0, kind.indexOf('/'))))
                    .containsAll(follower.newest.stream()
                            .map(one -> one.name().name())
                            .toList());
        }
    }

    /** What an instance makes of what it follows is its own: each has two of it interleaved somewhere. */
    @Test
    void given_the_side_when_whoever_follows_a_view_or_the_frames_is_looked_for_then_two_of_each_are_interleaved() {
        Set<String> followers = new TreeSet<>();
        for (JavaClass each : new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("io.forgewatch.query")) {
            boolean follows = Stream.<JavaAccess<?>>concat(
                            each.getMethodCallsFromSelf().stream(), each.getMethodReferencesFromSelf().stream())
                    .anyMatch(call -> isFollowing(call.getTargetOwner(), call.getName()));
            if (follows) {
                followers.add(each.getName().substring("io.forgewatch.query.".length()));
            }
        }

        assertThat(followers)
                .containsExactlyInAnyOrder(
                        // Below, with what the live readings of each then expect.
                        "equipment.DeviceExpectations",
                        // In SnapshotsTest.
                        "telemetry.LiveFeed");
    }

    private static boolean isFollowing(JavaClass of, String name) {
        return of.isEquivalentTo(View.class) && name.equals("changes")
                || of.isEquivalentTo(FrameLog.class) && name.equals("after");
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14})
    void given_two_instances_interleaved_anyhow_when_followed_then_both_tell_and_keep_what_one_alone_makes(long seed) {
        List<RecordedEvent> events = Anything.happens(seed, EVENTS);
        Random random = new Random(seed);
        try (Store two = new Store();
                Store one = new Store();
                Follower here = new Follower(two);
                Follower there = new Follower(two);
                Follower alone = new Follower(one)) {
            for (ViewDefinition definition : alone.newest) {
                Generation generation = Generation.first(definition.name());
                Projection projection = started(definition);
                for (RecordedEvent event : events) {
                    projection.apply(List.of(event)).block();
                    alone.progress.advance(generation, event.position());
                }
            }
            for (ViewDefinition definition : here.newest) {
                Generation generation = Generation.first(definition.name());
                Interleaving.of(events, seed, () -> started(definition), position -> {
                    for (Follower each : List.of(here, there)) {
                        if (random.nextBoolean() || position == events.getLast().position()) {
                            each.progress.advance(generation, position);
                        }
                    }
                });
            }

            for (Follower each : List.of(here, there)) {
                Awaitility.await().untilAsserted(() -> assertThat(each.heard).isEqualTo(alone.heard));
                Awaitility.await().untilAsserted(() -> assertThat(each.kept).isEqualTo(alone.kept));
                Awaitility.await()
                        .untilAsserted(() -> assertThat(each.expected()).isEqualTo(alone.expected()));
                each.rooms
                        .all(Outlet.class)
                        .forEach(outlet -> assertThat(each.past(
                                        outlet,
                                        alone.heard.get(outlet.view().name()).size()))
                                .isEqualTo(alone.heard.get(outlet.view().name())));
            }
            assertThat(alone.heard.values())
                    .allSatisfy(news ->
                            assertThat(news).isNotEmpty().isSortedAccordingTo(Comparator.comparing(Told.News::place)));
            assertThat(alone.expected().values())
                    .allSatisfy(census -> assertThat(census.points().unknown()).isPositive());
            assertThat(new HashMap<>(alone.kept))
                    .allSatisfy((kind, memory) -> assertThat(memory).as(kind).isNotEmpty());
        }
    }

    private static Projection started(ViewDefinition definition) {
        Projection projection = definition.projection().apply(Generation.first(definition.name()));
        projection.prepare().block();
        return projection;
    }
}
