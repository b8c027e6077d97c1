package io.forgewatch.command.wiring;

import io.forgewatch.command.decision.Automation;
import io.forgewatch.command.decision.Decider;
import io.forgewatch.command.risk.RiskModel;
import io.forgewatch.command.warning.WarningRules;
import java.util.List;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.ResolvableType;

/** What the command side decides and reacts with, found as it finds them itself. */
public final class Found {

    private Found() {}

    public static List<Decider<?, ?>> deciders() {
        try (AnnotationConfigApplicationContext side = side()) {
            return side.<Decider<?, ?>>getBeanProvider(ResolvableType.forClass(Decider.class))
                    .orderedStream()
                    .toList();
        }
    }

    public static List<Automation> automations() {
        try (AnnotationConfigApplicationContext side = side()) {
            return side.getBeanProvider(Automation.class).orderedStream().toList();
        }
    }

    private static AnnotationConfigApplicationContext side() {
        AnnotationConfigApplicationContext side = new AnnotationConfigApplicationContext();
        side.registerBean(RiskModel.class, RiskModel::standard);
        side.registerBean(WarningRules.class, WarningRules::standard);
        side.register(FoundByType.class);
        side.refresh();
        return side;
    }
}
