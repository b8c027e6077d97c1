package io.forgewatch.command.eventstore;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.Statement;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import org.axonframework.messaging.core.QualifiedName;
import org.axonframework.messaging.eventstreaming.EventCriteria;
import org.axonframework.messaging.eventstreaming.EventCriterion;
import org.axonframework.messaging.eventstreaming.Tag;
import reactor.core.publisher.Mono;

/** Appends written in one call of one SQL function: one round trip, one transaction, one flush to disk. */
final class AppendGroup {

    private static final HexFormat HEX = HexFormat.of();
    // By the name of this form of it: instances of the last release call another (ADR 30).
    private static final String CALL =
            "select base, outcomes from append_events_2($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11,"
                    + " $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26)";

    private final List<Append> members;

    AppendGroup(List<Append> members) {
        this.members = members;
    }

    /**
     * What the function answered.
     *
     * @param base the position before the group
     * @param outcomes for each member, as the function numbers them
     */
    record Answer(long base, Integer[] outcomes) {}

    /** @param settling looks first whether the events are there already: an earlier attempt ended with its outcome unknown */
    Mono<Answer> write(Connection connection, boolean settling) {
        Statement statement = connection.createStatement(CALL);
        statement
                .bind(0, members.stream().map(append -> append.events().size()).toArray(Integer[]::new))
                .bind(1, settling);
        bindKeys(statement);
        bindCriteria(statement);
        bindPairs(statement);
        bindEvents(statement);
        return Mono.from(statement.execute())
                .flatMap(result -> Mono.from(result.map((row, meta) -> new Answer(
                        Objects.requireNonNull(row.get(0, Long.class)),
                        Objects.requireNonNull(row.get(1, Integer[].class))))));
    }

    private void bindKeys(Statement statement) {
        Columns columns = new Columns();
        for (int member = 0; member < members.size(); member++) {
            Append.IdempotencyKey key = members.get(member).key();
            if (key != null) {
                columns.add(member + 1, key.key(), key.bodyHash(), key.answer(), key.seconds(), key.position());
            }
        }
        columns.bind(statement, 2, Integer.class, String.class, String.class, String.class, Long.class, Long.class);
    }

    private void bindCriteria(Statement statement) {
        Columns columns = new Columns();
        for (int member = 0; member < members.size(); member++) {
            Append append = members.get(member);
            EventCriteria unless = append.unless();
            if (unless != null) {
                for (Criteria one : Criteria.of(unless)) {
                    columns.add(member + 1, append.after(), one.tag(), one.more(), one.types());
                }
            }
        }
        columns.bind(statement, 8, Integer.class, Long.class, String.class, String.class, String.class);
    }

    /** Which members would conflict with which earlier ones: the database does not see the events of its own statement. */
    private void bindPairs(Statement statement) {
        Columns columns = new Columns();
        if (members.size() > 1) {
            Map<Tag, List<Integer>> byTag = new HashMap<>();
            for (int later = 0; later < members.size(); later++) {
                for (int earlier : earlierOverlooked(later, byTag)) {
                    columns.add(later + 1, earlier + 1);
                }
                for (StoredEvent event : members.get(later).events()) {
                    for (Tag tag : event.tags()) {
                        byTag.computeIfAbsent(tag, unused -> new ArrayList<>()).add(later);
                    }
                }
            }
        }
        columns.bind(statement, 13, Integer.class, Integer.class);
    }

    private SortedSet<Integer> earlierOverlooked(int later, Map<Tag, List<Integer>> byTag) {
        SortedSet<Integer> found = new TreeSet<>();
        EventCriteria unless = members.get(later).unless();
        if (unless == null) {
            return found;
        }
        boolean everything = Criteria.matchEverything(unless);
        for (EventCriterion criterion : unless.flatten()) {
            everything = everything || criterion.tags().isEmpty();
            for (Tag tag : criterion.tags()) {
                for (int earlier : byTag.getOrDefault(tag, List.of())) {
                    if (matches(members.get(earlier), unless)) {
                        found.add(earlier);
                    }
                }
                break;
            }
        }
        if (everything) {
            for (int earlier = 0; earlier < later; earlier++) {
                if (matches(members.get(earlier), unless)) {
                    found.add(earlier);
                }
            }
        }
        return found;
    }

    private static boolean matches(Append append, EventCriteria criteria) {
        return append.events().stream()
                .anyMatch(event -> criteria.matches(new QualifiedName(event.name()), event.tags()));
    }

    private void bindEvents(Statement statement) {
        Columns columns = new Columns();
        for (int member = 0; member < members.size(); member++) {
            for (StoredEvent event : members.get(member).events()) {
                StoredEvent.Logged logged = event.logged();
                columns.add(
                        member + 1,
                        event.id().toString(),
                        event.name(),
                        event.version(),
                        event.at().getEpochSecond() * 1_000_000 + event.at().getNano() / 1_000,
                        event.actor(),
                        Criteria.text(event.tags()),
                        logged.metadata(),
                        HEX.formatHex(event.payload()),
                        new String(logged.entry(), StandardCharsets.UTF_8),
                        HEX.formatHex(logged.leaf()));
            }
        }
        columns.bind(
                statement,
                15,
                Integer.class,
                String.class,
                String.class,
                String.class,
                Long.class,
                String.class,
                String.class,
                String.class,
                String.class,
                String.class,
                String.class);
    }

    /** Rows turned into one array a column: a set-based statement takes the whole group in one round trip. */
    private static final class Columns {

        private final List<Object[]> rows = new ArrayList<>();

        void add(Object... row) {
            rows.add(row);
        }

        void bind(Statement statement, int firstIndex, Class<?>... types) {
            for (int column = 0; column < types.length; column++) {
                Object[] values = (Object[]) java.lang.reflect.Array.newInstance(types[column], rows.size());
                for (int row = 0; row < values.length; row++) {
                    values[row] = rows.get(row)[column];
                }
                statement.bind(firstIndex + column, values);
            }
        }
    }
}
