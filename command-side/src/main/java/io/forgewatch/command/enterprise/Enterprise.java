package io.forgewatch.command.enterprise;

import io.forgewatch.command.decision.Decider;
import io.forgewatch.command.decision.Decision;
import io.forgewatch.command.decision.Refusal;
import io.forgewatch.command.decision.Sourcing;
import io.forgewatch.command.enterprise.EnterpriseCommand.RegisterEnterprise;
import io.forgewatch.command.enterprise.EnterpriseCommand.RegisterGateway;
import io.forgewatch.event.Tag;
import io.forgewatch.event.enterprise.EnterpriseEvent;
import io.forgewatch.event.enterprise.EnterpriseEvent.EnterpriseRegistered;
import io.forgewatch.event.telemetry.GatewayEvent.GatewayRegistered;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An enterprise 企业 with its edge gateways. */
public final class Enterprise implements Decider<Enterprise.State, EnterpriseCommand> {

    private static final Sourcing<State> SOURCING = Sourcing.from(new State(null, 0))
            .on(EnterpriseEvent.class, Tag::within, Enterprise::after)
            // By name: how its gateways stand changes by itself, and must not make a registration anew.
            .on(GatewayRegistered.class, Tag::within, (state, _) -> new State(state.registered(), state.gateways() + 1));

    /** Every gateway costs each door memory; no works has so many. */
    static final int MOST_GATEWAYS = 500;

    /**
     * @param registered null as long as it is not
     * @param gateways how many gateways it was given so far; they are numbered from 1
     */
    public record State(@Nullable EnterpriseRegistered registered, int gateways) {}

    @Override
    public String name() {
        return "enterprise";
    }

    @Override
    public Class<EnterpriseCommand> commands() {
        return EnterpriseCommand.class;
    }

    @Override
    public String key(EnterpriseCommand command) {
        return command.enterprise().value();
    }

    @Override
    public Sourcing<State> sourcing() {
        return SOURCING;
    }

    @Override
    public Decision decide(State state, EnterpriseCommand command) {
        return switch (command) {
            case RegisterEnterprise register -> register(state, register);
            case RegisterGateway register -> registerGateway(state, register);
        };
    }

    private static State after(State state, EnterpriseEvent event) {
        return switch (event) {
            case EnterpriseRegistered registered -> new State(registered, state.gateways());
        };
    }

    private static Decision register(State state, RegisterEnterprise command) {
        Decision refusal = refusal(command);
        if (refusal != null) {
            return refusal;
        }
        Map<String, Object> answer = Map.of("id", command.enterprise().value());
        EnterpriseRegistered registered = new EnterpriseRegistered(
                command.enterprise().value(),
                command.name(),
                command.region(),
                command.industry(),
                command.profile(),
                command.creditCode(),
                command.at());
        if (state.registered() == null) {
            return Decision.answering(answer, registered);
        }
        return sameBut(state.registered(), registered)
                ? Decision.answering(answer)
                : Decision.refused(
                        Refusal.Kind.CONFLICT,
                        "enterprise-exists",
                        "该企业编码已登记，且信息不同。",
                        "An enterprise with this id is registered already, with other particulars.");
    }

    private static boolean sameBut(EnterpriseRegistered known, EnterpriseRegistered asked) {
        return known.equals(new EnterpriseRegistered(
                asked.enterpriseId(),
                asked.name(),
                asked.region(),
                asked.industry(),
                asked.profile(),
                asked.creditCode(),
                known.at()));
    }

    private static @Nullable Decision refusal(RegisterEnterprise command) {
        if (!command.region().equals(command.enterprise().region())) {
            return Decision.invalid(
                    "region-mismatch",
                    "region",
                    "行政区划与企业编码不一致。",
                    "The region is not the one within the enterprise id.");
        }
        if (command.industry() != command.enterprise().industry()
                || command.industry() != command.profile().industry()) {
            return Decision.invalid(
                    "industry-mismatch",
                    "industry",
                    "行业、企业编码与风险类型不一致。",
                    "Industry, enterprise id and risk profile don't belong together.");
        }
        String code = command.creditCode();
        if (code != null && !CreditCode.isWellFormed(code)) {
            return Decision.invalid(
                    "credit-code-malformed",
                    "creditCode",
                    "统一社会信用代码应为18位数字或大写字母（不含 I O S V Z）。",
                    "A credit code has 18 digits or capitals other than I O S V Z.");
        }
        if (code != null && !command.creditCodeConfirmed() && !CreditCode.checkDigitAgrees(code)) {
            return Decision.invalid(
                    "credit-code-check-digit",
                    "creditCode",
                    "统一社会信用代码校验位不符；核对营业执照后可设置 creditCodeConfirmed 确认。",
                    "The credit code's check digit does not agree; once compared with the licence, set"
                            + " creditCodeConfirmed.");
        }
        return null;
    }

    private static Decision registerGateway(State state, RegisterGateway command) {
        if (state.registered() == null) {
            return Decision.refused(Refusal.Kind.NOT_FOUND, "not-found", "没有该企业。", "There is no such enterprise.");
        }
        if (state.gateways() >= MOST_GATEWAYS) {
            return Decision.refused(
                    Refusal.Kind.CONFLICT,
                    "too-many-gateways",
                    "该企业已登记 " + MOST_GATEWAYS + " 个网关，这是上限。",
                    "The enterprise has " + MOST_GATEWAYS + " gateways registered, which is the most there can be.");
        }
        String id = command.enterprise().value() + "-G" + (state.gateways() + 1);
        return Decision.answering(
                Map.of("id", id, "sealedSecret", command.sealedSecret()),
                new GatewayRegistered(id, command.enterprise().value(), command.sealedSecret(), command.at()));
    }
}
