package io.forgewatch.event.risk;

/** A rule that sets a level whatever the index says (dossier §4). */
public enum RiskOverride {
    /** Any severity-A alarm at LL, HH or an alarm state: at least yellow. */
    A_LIMIT(RiskLevel.YELLOW),
    /** The same after ten minutes in breach: at least orange. */
    A_LIMIT_10_MINUTES(RiskLevel.ORANGE);

    private final RiskLevel level;

    RiskOverride(RiskLevel level) {
        this.level = level;
    }

    public RiskLevel level() {
        return level;
    }
}
