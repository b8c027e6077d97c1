package io.forgewatch.command.eventstore;

import static org.assertj.core.api.Assertions.assertThat;

import io.forgewatch.command.audit.Country;
import io.forgewatch.command.decision.EventArchive;
import io.forgewatch.command.decision.EventArchive.Look;
import io.forgewatch.command.decision.EventArchive.Order;
import io.forgewatch.command.decision.EventArchive.Span;
import io.forgewatch.command.decision.Sought;
import io.forgewatch.event.RecordedEvent;
import io.forgewatch.event.Subject;
import io.forgewatch.event.SubjectType;
import io.forgewatch.event.enterprise.EnterpriseId;
import io.forgewatch.event.identity.Jurisdiction;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

/** Whatever is sought, the archive finds exactly what a look at every single event would. */
class ArchiveProperties {

    private static final List<RecordedEvent> EVENTS = Country.events();
    private static final int MOST_LOOKS = 25;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Nullable
    private static StoreBed bed;

    @BeforeContainer
    static void fill() {
        bed = new StoreBed();
        Country.fill(bed, EVENTS);
        EmbeddedStore.execute(bed.databaseName(), "analyze");
    }

    @AfterContainer
    static void close() {
        bed().close();
    }

    private static StoreBed bed() {
        return Objects.requireNonNull(bed);
    }

    @Property(tries = 60)
    void given_any_question_when_it_is_looked_for_in_pieces_then_exactly_what_matches_is_found_in_order(
            @ForAll("questions") Sought sought, @ForAll Order order, @ForAll @IntRange(min = 1, max = 700) int most) {
        EventArchive archive = bed().archive();
        Span span = Objects.requireNonNull(archive.span(sought).block(PATIENCE));
        List<Long> found = new ArrayList<>();
        int looks = 0;
        while (!span.isEmpty() && looks < MOST_LOOKS) {
            Look look = Objects.requireNonNull(
                    archive.look(sought, span, order, most).block(PATIENCE));
            assertThat(look.rest().upTo() - look.rest().after()).isLessThan(span.upTo() - span.after());
            assertThat(look.found()).hasSizeLessThanOrEqualTo(most);
            look.found().forEach(traced -> found.add(traced.position()));
            span = look.rest();
            looks++;
        }

        List<Long> expected = EVENTS.stream()
                .filter(sought::matches)
                .map(RecordedEvent::position)
                .collect(Collectors.toCollection(ArrayList::new));
        if (order == Order.NEWEST_FIRST) {
            expected = expected.reversed();
        }
        assertThat(found).isEqualTo(span.isEmpty() ? expected : expected.subList(0, found.size()));
        assertThat(looks).isLessThanOrEqualTo(2 + Country.SIZE / 2_000 + found.size() / most);
    }

    @Property(tries = 20)
    void given_any_question_when_the_plan_is_asked_for_then_no_table_is_read_from_end_to_end(
            @ForAll("questions") Sought sought, @ForAll Order order) {
        Seek seek = Seek.of(sought);
        if (seek.sql().isEmpty()) {
            return;
        }
        String sql = "explain " + seek.sql().get().replace("DIRECTION", order == Order.OLDEST_FIRST ? "asc" : "desc");
        List<String> plan = bed().database()
                .read(connection -> {
                    var statement = connection
                            .createStatement(sql)
                            .bind(0, 100L)
                            .bind(1, 19_000L)
                            .bind(2, 50);
                    for (int index = 0; index < seek.values().size(); index++) {
                        statement.bind(3 + index, seek.values().get(index));
                    }
                    return Flux.from(statement.execute())
                            .concatMap(result -> result.map((row, meta) -> String.valueOf(row.get(0, String.class))));
                })
                .collectList()
                .block(PATIENCE);

        assertThat(plan).noneMatch(line -> line.contains("Seq Scan on event")).anyMatch(line -> line.contains("Index"));
    }

    @Property(tries = 20)
    void given_a_moment_when_its_span_is_asked_for_then_it_leaves_out_most_of_what_is_far_from_it(
            @ForAll @IntRange(min = 0, max = Country.SIZE) int second) {
        Instant from = Country.START.plusSeconds(second);
        Sought sought = new Sought(new Jurisdiction.Nation(), null, null, Set.of(), from, from.plusSeconds(1));

        Span span = Objects.requireNonNull(bed().archive().span(sought).block(PATIENCE));

        assertThat(span.upTo() - span.after()).isLessThanOrEqualTo(2 * 310);
    }

    @Provide
    Arbitrary<Sought> questions() {
        Arbitrary<Jurisdiction> within = Arbitraries.oneOf(
                Arbitraries.just(new Jurisdiction.Nation()),
                Arbitraries.of("37", "3702", "370211", "61", "11").map(Jurisdiction.Region::new),
                Arbitraries.of(Country.WORKS).map(id -> new Jurisdiction.Enterprise(new EnterpriseId(id))));
        Arbitrary<Subject> subject = Arbitraries.of(
                        new Subject(SubjectType.WARNING, "GT3702110001-W1"),
                        new Subject(SubjectType.WARNING, Country.RARE_WORKS + "-W2"),
                        new Subject(SubjectType.GATEWAY, "LJ3702830001-G1"),
                        new Subject(SubjectType.ACCOUNT, "user19999"))
                .injectNull(0.75);
        Arbitrary<String> actor = Arbitraries.of(
                        "account/zhao",
                        "automation/WhenRiskRisesThenIssueWarning",
                        Country.RARE_ACTOR,
                        "account/nobody")
                .injectNull(0.6);
        Arbitrary<Set<String>> types = Arbitraries.of(
                        "WarningSigned", "GatewayRegistered", "AccountOpened", Country.RARE_TYPE, "AlarmAcknowledged")
                .set()
                .ofMaxSize(3);
        Arbitrary<Instant> moment = Arbitraries.integers()
                .between(-10, Country.SIZE + 10)
                .map(second -> Country.START.plusSeconds(second))
                .injectNull(0.5);
        return Combinators.combine(within, subject, actor, types, moment, moment)
                .as(Sought::new);
    }
}
