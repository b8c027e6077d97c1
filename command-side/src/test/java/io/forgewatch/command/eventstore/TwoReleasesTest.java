package io.forgewatch.command.eventstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.forgewatch.command.eventstore.Press.PressButton;
import io.forgewatch.command.kept.KeptStore;
import io.forgewatch.event.Actor;
import io.forgewatch.event.alarm.AlarmId;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Instances of the last release and of this one append to one store, and either may start after the other. */
@Timeout(120)
class TwoReleasesTest {

    private static final Duration LONG = Duration.ofSeconds(30);
    private static final int APPENDED = 0;
    private static final int CONFLICT = 1;
    private static final int KEY_KNOWN = 2;

    static List<KeptStore> kept() {
        return KeptStore.all();
    }

    @ParameterizedTest
    @MethodSource("kept")
    void given_the_last_releases_store_when_this_one_has_started_then_both_append_and_each_heeds_the_other(
            KeptStore kept) throws SQLException {
        try (StoreBed bed = new StoreBed(kept.restored())) {
            AlarmId button = StoreBed.newButton();
            press(bed, button);
            long pressed = head(bed);
            assertThat(pressed).isEqualTo(kept.head() + 1);

            try (Connection former = EmbeddedStore.connection(bed.databaseName())) {
                assertThat(formerly(former, button, pressed, "one")).isEqualTo(APPENDED);
                await().atMost(LONG).until(() -> bed.recent.head() == pressed + 1);
                assertThat(formerly(former, button, pressed, "two"))
                        .as("rests on a state that this release has overtaken")
                        .isEqualTo(CONFLICT);
                assertThat(formerly(former, StoreBed.newButton(), 0, "one"))
                        .as("a key of before")
                        .isEqualTo(KEY_KNOWN);
            }

            press(bed, button);
            assertThat(positions(bed))
                    .containsExactlyElementsOf(
                            LongStream.rangeClosed(1, kept.head() + 3).boxed().toList());
        }
    }

    @ParameterizedTest
    @MethodSource("kept")
    void given_both_releases_run_when_an_instance_of_the_last_one_starts_again_then_both_append(KeptStore kept)
            throws SQLException {
        try (StoreBed bed = new StoreBed(kept.restored())) {
            press(bed, StoreBed.newButton());

            kept.prepare(bed.databaseName());

            press(bed, StoreBed.newButton());
            try (Connection former = EmbeddedStore.connection(bed.databaseName())) {
                assertThat(formerly(former, StoreBed.newButton(), head(bed), "three"))
                        .isEqualTo(APPENDED);
            }
            assertThat(head(bed)).isEqualTo(kept.head() + 3);
        }
    }

    @ParameterizedTest
    @MethodSource("kept")
    void given_the_last_releases_functions_when_this_one_has_started_then_they_are_there_beside_one_of_another_name(
            KeptStore kept) throws SQLException {
        String address = kept.restored();
        Set<String> before = functions(address);
        try (StoreBed bed = new StoreBed(address)) {
            assertThat(head(bed)).isEqualTo(kept.head());
        }

        Set<String> after = functions(address);
        assertThat(after).containsAll(before).hasSizeGreaterThan(before.size());
        assertThat(after.stream().map(one -> one.substring(0, one.indexOf('('))))
                .as("a name for each")
                .doesNotHaveDuplicates();
    }

    private static void press(StoreBed bed, AlarmId button) {
        bed.commands
                .send(new PressButton(button, "a", 1_000, Clock.systemUTC().instant()), Actor.system("test"), null)
                .block(LONG);
    }

    private static long head(StoreBed bed) {
        return bed.rows.head().blockOptional(LONG).orElseThrow();
    }

    private static List<Long> positions(StoreBed bed) {
        return bed.feed()
                .after(0)
                .take(head(bed))
                .map(event -> event.position())
                .collectList()
                .blockOptional(LONG)
                .orElseThrow();
    }

    /** One event as the last release appends it: by the name and with the arguments that it knows. */
    private static int formerly(Connection former, AlarmId button, long after, String key) throws SQLException {
        try (PreparedStatement call = former.prepareStatement("select base, outcomes from append_events(?, ?, ?, ?, ?,"
                + " ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
            String tag = "alarm=" + button;
            List<Object> arguments = List.of(
                    1,
                    false,
                    1,
                    key,
                    "hash",
                    "{}",
                    0L,
                    0L,
                    1,
                    after,
                    tag,
                    "",
                    "",
                    List.of(),
                    List.of(),
                    1,
                    UUID.randomUUID().toString(),
                    "AlarmAcknowledged",
                    "1",
                    1_732_440_000_000_000L,
                    "system/former",
                    tag,
                    "{}",
                    payload(button),
                    "entry",
                    "00");
            for (int index = 0; index < arguments.size(); index++) {
                switch (arguments.get(index)) {
                    case Boolean settling -> call.setBoolean(index + 1, settling);
                    case Integer number ->
                        call.setArray(index + 1, former.createArrayOf("int4", new Object[] {number}));
                    case Long number -> call.setArray(index + 1, former.createArrayOf("int8", new Object[] {number}));
                    case String text -> call.setArray(index + 1, former.createArrayOf("text", new Object[] {text}));
                    default -> call.setArray(index + 1, former.createArrayOf("int4", new Object[0]));
                }
            }
            try (ResultSet answer = call.executeQuery()) {
                answer.next();
                return ((Integer[]) answer.getArray(2).getArray())[0];
            }
        }
    }

    private static String payload(AlarmId button) {
        String json = "{\"alarmId\":\"" + button + "\",\"by\":\"b\",\"at\":\"2024-11-24T09:20:00Z\"}";
        return HexFormat.of().formatHex(json.getBytes(StandardCharsets.UTF_8));
    }

    private static Set<String> functions(String address) throws SQLException {
        try (Connection connection = EmbeddedStore.connection(EmbeddedStore.nameOf(address));
                PreparedStatement query = connection.prepareStatement(
                        "select proname || '(' || pg_get_function_identity_arguments(oid) || ')' from pg_proc"
                                + " where proname like 'append\\_events%'");
                ResultSet rows = query.executeQuery()) {
            Set<String> found = new HashSet<>();
            while (rows.next()) {
                found.add(rows.getString(1));
            }
            return found;
        }
    }
}
