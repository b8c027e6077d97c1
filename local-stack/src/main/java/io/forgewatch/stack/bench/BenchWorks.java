package io.forgewatch.stack.bench;

import io.forgewatch.event.enterprise.RiskProfile;
import io.forgewatch.event.equipment.PointRatings;
import io.forgewatch.stack.demo.CommandApi;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/**
 * A steel works of blast furnaces, each with the same points.
 *
 * @param gateways that share the devices, each an equal number of them in order; their number divides that of the devices
 */
record BenchWorks(String enterpriseId, int devices, int gateways) {

    /** Of each device, in this order in a gateway's points. */
    static final List<Quantity> QUANTITIES = List.of(
            new Quantity(BenchCountry.PRESSURE, 0.42, BenchCountry.BELOW_LL),
            new Quantity("BF_HEARTH_T", 400, 800),
            new Quantity("BF_HEATFLUX", 6, 20),
            new Quantity("BF_TUY_DF", 1.2, 8),
            new Quantity("BF_TOP_T", 180, 300));

    /** How many of them, from the first, are of severity A, whose delay is a second. */
    static final int GRAVE = 4;

    BenchWorks {
        if (gateways < 1 || devices % gateways != 0) {
            throw new IllegalArgumentException(devices + " devices are not to be shared by " + gateways + " gateways");
        }
    }

    /**
     * A measured quantity.
     *
     * @param normal a value well within its limits
     * @param beyond a value beyond one of them
     */
    record Quantity(String indicator, double normal, double beyond) {}

    static String deviceId(String enterpriseId, int number) {
        return enterpriseId + "01" + "%04d".formatted(number + 1);
    }

    /**
     * Registers it.
     *
     * @param commands counts them
     * @return the loader's lines, one a gateway
     */
    List<String> register(CommandApi api, AtomicInteger commands) throws IOException, InterruptedException {
        api.post(
                "/enterprises",
                Map.of(
                        "id",
                        enterpriseId,
                        "name",
                        "Benchmark works " + enterpriseId,
                        "region",
                        enterpriseId.substring(2, 8),
                        "industry",
                        RiskProfile.STEEL_LONG.industry(),
                        "profile",
                        RiskProfile.STEEL_LONG),
                "");
        commands.incrementAndGet();
        List<PointRatings> indicators = QUANTITIES.stream()
                .map(quantity -> PointRatings.of(quantity.indicator()))
                .toList();
        for (int device = 0; device < devices; device++) {
            api.post(
                    "/enterprises/" + enterpriseId + "/devices",
                    Map.of(
                            "id",
                            deviceId(enterpriseId, device),
                            "name",
                            "Furnace " + (device + 1),
                            "area",
                            "Hall",
                            "indicators",
                            indicators),
                    "");
            commands.incrementAndGet();
        }
        List<String> lines = new ArrayList<>();
        for (int gateway = 0; gateway < gateways; gateway++) {
            JsonNode answer = api.post("/enterprises/" + enterpriseId + "/gateways", Map.of(), "");
            commands.incrementAndGet();
            lines.add(answer.required("id").asString() + "\t"
                    + answer.required("secret").asString() + "\t" + points(gateway));
        }
        return List.copyOf(lines);
    }

    /** Of a gateway, as the loader takes them. */
    String points(int gateway) {
        int each = devices / gateways;
        return IntStream.range(gateway * each, (gateway + 1) * each)
                .mapToObj(device -> deviceId(enterpriseId, device))
                .flatMap(id ->
                        QUANTITIES.stream().map(quantity -> id + "/" + quantity.indicator() + "/" + quantity.normal()))
                .collect(Collectors.joining(","));
    }
}
