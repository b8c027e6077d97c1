package io.forgewatch.command.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.forgewatch.command.alarm.AlarmCommand.ReportBreach;
import io.forgewatch.command.alarm.AlarmCommand.ReportLateBreach;
import io.forgewatch.command.alarm.AlarmCommand.ReportReturn;
import io.forgewatch.command.alarm.AlarmCommand.ReportSettled;
import io.forgewatch.event.alarm.Direction;
import io.forgewatch.event.alarm.Fault;
import io.forgewatch.event.alarm.Limit;
import io.forgewatch.event.equipment.Severity;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignalTest {

    /** As the last release wrote it. */
    static final String OLD = """
            {"kind":"RETURN","deviceId":"GT3702110001010001","equipmentClass":"01","area":"炼铁区","indicator":"BF_CW_P",\
            "direction":"LOW","onset":1732440000100,"limit":"LL","severity":"A","value":0.35,"threshold":0.2,\
            "thresholdVersion":1,"unit":"MPa","readings":[{"at":"2024-11-24T09:20:00.100Z","value":0.19,"quality":0}],\
            "at":"2024-11-24T09:21:00Z","assertion":2}""";

    private static Signal read(String json) {
        return Signal.of(json.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void given_a_signal_of_the_last_release_when_read_then_it_is_of_its_point_and_nothing_else() {
        Signal signal = read(OLD);

        assertThat(signal.alarm()).hasToString("GT3702110001010001.BF_CW_P.LOW.1732440000100");
        assertThat(signal.fault()).isNull();
        assertThat(signal.gateway()).isNull();
        assertThat(signal.points()).isEmpty();
        assertThat(signal.pointCount()).isZero();
        assertThat(SignalCommands.of(signal))
                .isEqualTo(new ReportReturn(signal.alarm(), 0.35, Instant.parse("2024-11-24T09:21:00Z")));
    }

    @Test
    void given_a_signal_of_a_later_release_when_read_then_what_is_unknown_is_passed_over() {
        assertThat(read(OLD.replace("{\"kind\"", "{\"mood\":\"blue\",\"kind\"")).assertion())
                .isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{}",
                "{\"kind\":\"WHISPER\"}",
                "{\"kind\":\"BREACH\",\"deviceId\":\"GT3702110001010001\"}",
                "{\"kind\":null,\"deviceId\":\"GT3702110001010001\",\"indicator\":\"BF_CW_P\",\"direction\":\"LOW\",\"onset\":1,"
                        + "\"limit\":\"LL\",\"severity\":\"A\",\"thresholdVersion\":1,\"readings\":[],"
                        + "\"at\":\"2024-11-24T09:21:00Z\",\"assertion\":0}",
                "{\"kind\":\"BREACH\",\"deviceId\":\"nobody\",\"indicator\":\"BF_CW_P\",\"direction\":\"LOW\",\"onset\":1,"
                        + "\"limit\":\"LL\",\"severity\":\"A\",\"thresholdVersion\":1,\"readings\":[],"
                        + "\"at\":\"2024-11-24T09:21:00Z\",\"assertion\":0}",
                "{\"kind\":\"BREACH\",\"deviceId\":\"GT3702110001010001\",\"indicator\":\"BF_CW_P\",\"direction\":\"LOW\","
                        + "\"onset\":1,\"limit\":\"HH\",\"severity\":\"A\",\"thresholdVersion\":1,\"readings\":[],"
                        + "\"at\":\"2024-11-24T09:21:00Z\",\"assertion\":0}",
                "no json"
            })
    void given_what_is_no_signal_when_read_then_refused(String json) {
        assertThatThrownBy(() -> read(json)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void given_every_kind_when_made_a_command_then_all_that_was_said_is_in_it() {
        assertThat(SignalCommands.of(said(Verdict.Kind.SETTLED)))
                .isEqualTo(new ReportSettled(said(Verdict.Kind.SETTLED).alarm(), null, Instant.EPOCH));
        ReportBreach breach = (ReportBreach) SignalCommands.of(said(Verdict.Kind.BREACH));
        assertThat(breach.fault()).isEqualTo(Fault.SILENT);
        assertThat(breach.gateway()).isEqualTo("GT3702110001-G1");
        assertThat(breach.points()).containsExactly("GT3702110001010001.BF_CW_P");
        assertThat(breach.pointCount()).isEqualTo(21);
        assertThat(SignalCommands.of(said(Verdict.Kind.LATE))).isEqualTo(new ReportLateBreach(breach));
    }

    @Test
    void given_a_signal_when_written_and_read_then_it_is_the_same() {
        for (Verdict.Kind kind : Verdict.Kind.values()) {
            assertThat(Signal.of(said(kind).json())).isEqualTo(said(kind));
        }
    }

    static Signal said(Verdict.Kind kind) {
        return new Signal(
                kind,
                "GT3702110001",
                null,
                null,
                "_",
                Direction.QUALITY,
                1_732_440_000_100L,
                Limit.FAULT,
                Severity.C,
                null,
                null,
                0,
                null,
                List.of(),
                Instant.EPOCH,
                0,
                Fault.SILENT,
                "GT3702110001-G1",
                List.of("GT3702110001010001.BF_CW_P"),
                21);
    }

    /** Of cooling water that is far too low. */
    static Signal said(Verdict.Kind kind, String device, long onset) {
        return new Signal(
                kind,
                device,
                "BLAST_FURNACE",
                null,
                "BF_CW_P",
                Direction.LOW,
                onset,
                Limit.LL,
                Severity.A,
                0.1,
                0.2,
                1,
                "MPa",
                List.of(),
                Instant.EPOCH,
                0,
                null,
                null,
                List.of(),
                0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"kind\":\"RETURN\"|\"kind\":\"WHISPER\"",
                "\"direction\":\"LOW\"|\"direction\":\"SIDEWAYS\"",
                "\"limit\":\"LL\"|\"limit\":\"LLL\"",
                "\"severity\":\"A\"|\"severity\":\"S\"",
                "\"assertion\":2|\"fault\":\"RUSTY\",\"assertion\":2",
                "\"assertion\":2|\"version\":2,\"assertion\":2"
            })
    void given_what_only_a_later_release_knows_when_read_then_that_is_said_and_whose_it_is(String change) {
        String[] parts = change.split("\\|");
        String newer = OLD.replace(parts[0], parts[1]);

        assertThatThrownBy(() -> read(newer)).isInstanceOf(NewerSignalException.class);
        assertThat(newer(newer).works()).isEqualTo("GT3702110001");
        assertThat(newer(newer).subject()).startsWith("newer GT3702110001010001.BF_CW_P.");
    }

    @Test
    void given_what_only_a_later_release_knows_when_said_again_then_it_is_the_same_and_what_differs_is_not() {
        String newer = OLD.replace("RETURN", "WHISPER");
        assertThat(newer(newer.replace("\"assertion\":2", "\"assertion\":3").replace("09:21:00Z", "09:21:30Z")))
                .isEqualTo(newer(newer));
        assertThat(newer(newer.replace("{\"kind\"", "{\"zone\":7,\"kind\"")).entry())
                .isNotEqualTo(newer(newer).entry());
    }

    @Test
    void given_a_signal_when_written_then_it_says_its_version() {
        assertThat(new String(said(Verdict.Kind.BREACH).json(), StandardCharsets.UTF_8))
                .contains("\"version\":1");
    }

    private static NewerSignal newer(String json) {
        return NewerSignal.of(new byte[0], json.getBytes(StandardCharsets.UTF_8))
                .orElseThrow();
    }
}
