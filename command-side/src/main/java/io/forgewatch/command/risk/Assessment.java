package io.forgewatch.command.risk;

import io.forgewatch.event.risk.RiskEvent.Contributions;
import io.forgewatch.event.risk.RiskEvent.Held;
import io.forgewatch.event.risk.RiskLevel;
import io.forgewatch.event.risk.RiskOverride;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the model says of a moment, without hysteresis.
 *
 * @param index 0 to 100, two decimals, half up
 * @param rules those above yellow that hold, the gravest first
 * @param override the rule that set the level, or null when the index did
 */
public record Assessment(
        BigDecimal index,
        RiskLevel level,
        @Nullable RiskOverride override,
        List<Held> rules,
        Contributions contributions) {}
