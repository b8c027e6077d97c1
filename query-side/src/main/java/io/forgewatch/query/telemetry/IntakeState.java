package io.forgewatch.query.telemetry;

import java.util.Map;

/**
 * How far frames were taken, and what was counted until there.
 *
 * @param offsets the last offset taken, by partition
 * @param gateways by id
 */
record IntakeState(Map<Integer, Long> offsets, Map<String, LiveEnterprise.Gateway> gateways) {

    static final IntakeState NONE = new IntakeState(Map.of(), Map.of());

    IntakeState {
        offsets = Map.copyOf(offsets);
        gateways = Map.copyOf(gateways);
    }
}
