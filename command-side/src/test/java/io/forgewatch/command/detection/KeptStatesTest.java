package io.forgewatch.command.detection;

import static org.assertj.core.api.Assertions.assertThat;

import io.forgewatch.command.kept.KeptStore;
import io.forgewatch.command.kept.KeptTopics;
import io.forgewatch.command.telemetry.Device;
import io.forgewatch.command.telemetry.PlantDirectory;
import io.forgewatch.event.EventJson;
import io.forgewatch.event.alarm.Direction;
import io.forgewatch.event.equipment.MonitoringPoint;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What detection of an earlier release has stored of its devices, read by today's. */
class KeptStatesTest {

    private static final String CHANGELOG = DetectionTopology.APPLICATION + "-" + Detection.STORE + "-changelog";

    static List<KeptStore> kept() {
        return KeptStore.all();
    }

    @ParameterizedTest
    @MethodSource("kept")
    void givenTheStatesOfAnEarlierRelease_whenRead_thenWhatWasBrokenOrNormalIsSo(KeptStore kept) {
        Map<String, String> expected = new TreeMap<>();
        for (String line : kept.lines("states")) {
            JsonNode state = JsonMapper.shared().readTree(line);
            expected.put(
                    state.required("point").asString(), state.required("phase").asString());
        }
        assertThat(expected).containsValues("BROKEN", "NORMAL");

        Map<String, String> found = phases(kept);
        assertThat(found).containsKeys(expected.keySet().toArray(String[]::new));
        // What was on its way between the two may be told otherwise by a later release.
        expected.values().removeIf(phase -> !phase.equals("BROKEN") && !phase.equals("NORMAL"));
        assertThat(found).containsAllEntriesOf(expected);
    }

    /** Device, indicator and direction, and how they stand, of every point of which something is known. */
    private static Map<String, String> phases(KeptStore kept) {
        PlantDirectory plant = plant(kept);
        Map<String, byte[]> newest = new TreeMap<>();
        for (JsonNode message : kept.records(CHANGELOG)) {
            byte[] value = KeptTopics.bytes(message.required("value"));
            String device = new String(KeptTopics.bytes(message.required("key")), StandardCharsets.UTF_8);
            if (value == null) {
                newest.remove(device);
            } else {
                newest.put(device, value);
            }
        }
        Map<String, String> phases = new TreeMap<>();
        newest.forEach((id, value) -> phases(plant.device(id), value, phases));
        return phases;
    }

    /** The one place that knows how a stored value is read. */
    private static void phases(Device device, byte[] stored, Map<String, String> into) {
        WatchedDevice watched = new WatchedDevice(device);
        PointState[] states = DeviceState.read(stored, watched).states(watched);
        for (MonitoringPoint point : device.points()) {
            PointState state = states[watched.place(point.indicator())];
            if (state.isKnown()) {
                for (Direction direction : List.of(Direction.LOW, Direction.HIGH)) {
                    into.put(
                            device.id() + "." + point.indicator() + "." + direction,
                            state.side(direction).phase().name());
                }
            }
        }
    }

    private static PlantDirectory plant(KeptStore kept) {
        PlantDirectory plant = new PlantDirectory(secret -> new byte[32]);
        for (String line : kept.lines("events/events")) {
            JsonNode row = JsonMapper.shared().readTree(line);
            String payload = row.required("payload").asString();
            plant.take(EventJson.payload(
                    row.required("name").asString(),
                    Integer.parseInt(row.required("version").asString()),
                    HexFormat.of().parseHex(payload.substring("\\x".length()))));
        }
        return plant;
    }

    /**
     * Writes {@code states.jsonl.gz} of the newest kept store, as this release itself reads its states; run once when the store is
     * kept.
     *
     * @param arguments the folder of that store
     */
    public static void main(String[] arguments) throws Exception {
        Path file = Path.of(arguments[0]).resolve("states.jsonl.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            for (Map.Entry<String, String> state :
                    phases(KeptStore.all().getLast()).entrySet()) {
                String line = JsonMapper.shared()
                        .writeValueAsString(Map.of("point", state.getKey(), "phase", state.getValue()));
                out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
            }
        }
    }
}
