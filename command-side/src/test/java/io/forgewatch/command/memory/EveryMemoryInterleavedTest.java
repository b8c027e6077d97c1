package io.forgewatch.command.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.forgewatch.command.decision.EventFeed;
import io.forgewatch.command.decision.EventMemory;
import io.forgewatch.command.decision.SelectedEvents;
import io.forgewatch.command.eventstore.EventRows;
import io.forgewatch.command.eventstore.RecentEvents;
import io.forgewatch.command.eventstore.StoreBed;
import io.forgewatch.command.memory.Remembering.Memory;
import io.forgewatch.command.parking.ParkedSignals;
import io.forgewatch.event.DomainEvent;
import io.forgewatch.event.RecordedEvent;
import io.forgewatch.event.Subject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.streams.processor.api.Processor;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.kafka.receiver.KafkaReceiver;

/**
 * Whatever an instance keeps in memory of events: two instances begin it at any time and are killed at any time, their feeds break off
 * and their selections fail in the middle, while both append; both say what a fold of all events says.
 */
class EveryMemoryInterleavedTest {

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final int EVENTS = 300;
    private static final int MOST_BREAKS = 4;

    private static final JavaClasses CLASSES = new ClassFileImporter().importPackages("io.forgewatch.command");
    private static final JavaClasses OF_THE_SIDE = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.forgewatch.command");

    /** What keeps anything of a topic, of the newest events or of a table that others write too, and where two of it are interleaved. */
    private static final Map<String, String> ELSEWHERE = Map.of(
            "gateway.SequenceFollowing", "gateway.TwoWindowsProperties",
            "gateway.KeptWindows", "gateway.TwoWindowsProperties",
            "gateway.SequenceRecovery", "gateway.TwoWindowsProperties",
            "eventstore.RecentEvents", "eventstore.history.HistoryTest",
            "eventstore.DeciderHandler", "eventstore.history.HistoryTest",
            "automation.AutomationRun", "automation.AutomationsTest",
            "detection.Detection", "detection.PartitionPassedOnTest",
            "detection.KnownSubjects", "detection.KnownSubjectsTest");

    /** They read such a thing and keep nothing of it but their place, or keep what only they write. */
    private static final Set<String> KEEP_NOTHING = Set.of(
            // Sends on what it reads; where it stopped is asked of the topic.
            "relay.Relay",
            "relay.KafkaEventTopic",
            // Deletes keys, and what is deleted once may be deleted twice.
            "personal.Erasures",
            // Makes a command of each.
            "detection.KafkaSignalLog",
            // Hands on what Detection reads.
            "detection.HaltingConsumer",
            // Hands on what Axon's readers ask for.
            "eventstore.R2dbcEventStorageEngine");

    static Stream<Arguments> memoriesAndSeeds() {
        return rememberings().stream()
                .flatMap(one -> Stream.of(1L, 2L, 3L)
                        .map(seed -> Arguments.of(one.keeper().getSimpleName(), one, seed)));
    }

    private static List<Remembering> rememberings() {
        return CLASSES.stream()
                .filter(each -> each.isAssignableTo(Remembering.class) && !each.isInterface())
                .map(each -> (Remembering) made(each.reflect()))
                .toList();
    }

    private static Object made(Class<?> type) {
        try {
            return type.getDeclaredConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void given_the_side_when_what_is_kept_in_memory_of_events_is_looked_for_then_none_is_without_its_fold_here() {
        Set<String> keepers = new TreeSet<>();
        OF_THE_SIDE.stream()
                .flatMap(each -> each.getConstructorCallsFromSelf().stream())
                .filter(call -> call.getTargetOwner().isEquivalentTo(EventMemory.class))
                .forEach(call -> keepers.add(call.getOriginOwner().getName()));

        assertThat(rememberings().stream().map(one -> one.keeper().getName()))
                .containsExactlyInAnyOrderElementsOf(keepers)
                .contains("io.forgewatch.command.alarm.OpenAlarms", "io.forgewatch.command.telemetry.PlantFeed");
    }

    @Test
    void given_the_side_when_whoever_reads_events_or_topics_on_and_on_is_looked_for_then_two_of_each_are_interleaved() {
        Set<String> readers = new TreeSet<>();
        for (JavaClass each : OF_THE_SIDE) {
            boolean follows = each.getMethodCallsFromSelf().stream()
                    .anyMatch(call -> isReading(call.getTargetOwner(), call.getName()));
            boolean references = each.getMethodReferencesFromSelf().stream()
                    .anyMatch(call -> isReading(call.getTargetOwner(), call.getName()));
            boolean processes = each.isAssignableTo(Processor.class)
                    && each.getMethods().stream().map(JavaCodeUnit::getName).anyMatch("process"::equals);
            if ((follows || references || processes) && !isTheReading(each)) {
                readers.add(topLevel(each.getName()));
            }
        }

        Set<String> named = new TreeSet<>(ELSEWHERE.keySet());
        named.addAll(KEEP_NOTHING);
        assertThat(readers).isEqualTo(named);
        assertThat(ELSEWHERE.values())
                .allSatisfy(test -> assertThat(CLASSES.contain("io.forgewatch.command." + test))
                        .as(test)
                        .isTrue());
    }

    private static boolean isReading(JavaClass of, String name) {
        return of.isAssignableTo(EventFeed.class) && name.equals("after")
                || of.getPackageName().equals(Consumer.class.getPackageName()) && name.equals("poll")
                || of.isAssignableTo(KafkaReceiver.class) && name.startsWith("receive")
                || of.isEquivalentTo(RecentEvents.class)
                        && Set.of("follow", "followInBatches", "since").contains(name)
                || of.isEquivalentTo(EventRows.class) && Set.of("after", "from").contains(name)
                || of.isAssignableTo(ParkedSignals.class)
                        && Set.of("newer", "subjects").contains(name);
    }

    /** Not who reads, but what is read; and {@link EventMemory}, which is looked for above. */
    private static boolean isTheReading(JavaClass each) {
        return each.isAssignableTo(EventFeed.class)
                || each.isAssignableTo(Consumer.class)
                || each.isAssignableTo(ParkedSignals.class)
                || each.isEquivalentTo(EventMemory.class);
    }

    private static String topLevel(String name) {
        String inside = name.substring("io.forgewatch.command.".length());
        int nested = inside.indexOf('$');
        return nested < 0 ? inside : inside.substring(0, nested);
    }

    @ParameterizedTest(name = "{0}, {2}")
    @MethodSource("memoriesAndSeeds")
    void given_two_instances_interleaved_anyhow_when_all_has_happened_then_both_say_what_a_fold_of_the_events_says(
            String name, Remembering remembering, long seed) {
        Random random = new Random(seed);
        List<RecordedEvent> events = SomeLife.of(seed, EVENTS);
        try (StoreBed one = new StoreBed();
                StoreBed other = new StoreBed(one.address())) {
            List<Instance> both =
                    List.of(new Instance(one, remembering, seed), new Instance(other, remembering, seed + 1_000));
            try {
                int told = 0;
                for (int from = 0; from < events.size(); ) {
                    int to = Math.min(events.size(), from + 1 + random.nextInt(9));
                    both.get(random.nextInt(2)).bed.given(events.subList(from, to));
                    from = to;
                    Instance each = both.get(random.nextInt(2));
                    switch (random.nextInt(12)) {
                        case 0, 1, 2 -> each.begin();
                        case 3 -> each.kill();
                        case 4, 5 -> told += each.agrees(events.subList(0, to));
                        default -> {}
                    }
                }
                for (Instance each : both) {
                    told += each.agrees(events);
                    each.begin();
                    told += each.agrees(events);
                }
                assertThat(told).as("matters").isGreaterThan(20);
            } finally {
                both.forEach(Instance::kill);
            }
        }
    }

    /** One of the two, with a store of its own on the database of both. */
    private static final class Instance {
        final StoreBed bed;
        private final Remembering remembering;
        private final Random random;
        private @Nullable Memory memory;
        private int breaks;

        Instance(StoreBed bed, Remembering remembering, long seed) {
            this.bed = bed;
            this.remembering = remembering;
            this.random = new Random(seed);
        }

        void begin() {
            kill();
            breaks = 0;
            memory = remembering.begun(new BreakingFeed(), new BreakingSelection(), this::unended);
        }

        void kill() {
            if (memory != null) {
                memory.close();
                memory = null;
            }
        }

        /** Tells of how many matters. */
        int agrees(List<RecordedEvent> events) {
            if (memory == null) {
                begin();
            }
            Memory now = memory;
            await().atMost(LONG).until(() -> now.position() == events.size());
            Map<String, String> folded = remembering.folded(events);
            assertThat(new TreeMap<>(now.says(events))).isEqualTo(new TreeMap<>(folded));
            return folded.size();
        }

        private Flux<RecordedEvent> breaking(Flux<RecordedEvent> events) {
            return Flux.defer(() -> {
                if (breaks >= MOST_BREAKS || random.nextBoolean()) {
                    return events;
                }
                breaks++;
                return events.take(random.nextInt(12))
                        .concatWith(Flux.error(new IllegalStateException("the connection is gone")));
            });
        }

        private Flux<RecordedEvent> unended(long position, String tag, Set<Class<? extends DomainEvent>> endings) {
            return breaking(bed.unended().upTo(position, tag, endings));
        }

        private final class BreakingSelection implements SelectedEvents {
            @Override
            public Flux<RecordedEvent> ofTypes(long position, Set<Class<? extends DomainEvent>> types) {
                return breaking(bed.selected().ofTypes(position, types));
            }

            @Override
            public Flux<RecordedEvent> newest(long position, String tag, Set<Class<? extends DomainEvent>> types) {
                return breaking(bed.selected().newest(position, tag, types));
            }
        }

        private final class BreakingFeed implements EventFeed {
            @Override
            public Flux<RecordedEvent> after(long position) {
                return breaking(bed.feed().after(position));
            }

            @Override
            public Flux<RecordedEvent> after(long position, Set<Class<? extends DomainEvent>> wanted) {
                return breaking(bed.feed().after(position, wanted));
            }

            @Override
            public Flux<RecordedEvent> of(Subject subject, long after, int limit) {
                return breaking(bed.feed().of(subject, after, limit));
            }

            @Override
            public Mono<Long> head() {
                return bed.feed().head();
            }
        }
    }
}
