package io.forgewatch.command.audit;

import io.forgewatch.event.DomainEvent;
import io.forgewatch.event.EventTypes;
import io.forgewatch.event.alarm.AlarmEvent;
import io.forgewatch.event.alarm.Limit;
import io.forgewatch.event.feedback.FeedbackEvent;
import io.forgewatch.event.feedback.FeedbackEvent.FeedbackAccepted;
import io.forgewatch.event.feedback.FeedbackEvent.FeedbackReturned;
import io.forgewatch.event.feedback.FeedbackEvent.FeedbackSubmitted;
import io.forgewatch.event.risk.RiskEvent.RiskAssessed;
import io.forgewatch.event.risk.RiskLevel;
import io.forgewatch.event.warning.BilingualText;
import io.forgewatch.event.warning.DeadlineKind;
import io.forgewatch.event.warning.WarningEvent;
import io.forgewatch.event.warning.WarningEvent.WarningClosed;
import io.forgewatch.event.warning.WarningEvent.WarningEscalated;
import io.forgewatch.event.warning.WarningEvent.WarningIssued;
import io.forgewatch.event.warning.WarningEvent.WarningSegmentAdded;
import io.forgewatch.event.warning.WarningEvent.WarningSigned;
import io.forgewatch.event.warning.WarningEvent.WarningVerified;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the steps of a story say to people, in both languages. */
final class StepTexts {

    private static final Map<String, BilingualText> TIERS = Map.of(
            "COUNTY", new BilingualText("县级", "county"),
            "CITY", new BilingualText("市级", "city"),
            "PROVINCE", new BilingualText("省级", "province"),
            "MINISTRY", new BilingualText("部级", "ministry"));

    private StepTexts() {}

    static BilingualText readings(
            String indicator, double value, @Nullable String unit, Limit limit, @Nullable Double threshold) {
        String in = unit == null || unit.isEmpty() ? "" : " " + unit;
        String beyond = threshold == null ? "" : " " + number(threshold) + in;
        return new BilingualText(
                limit == Limit.RATE
                        ? indicator + " 读数 " + number(value) + in + "，变化过快"
                        : indicator + " 读数 " + number(value) + in + "，越过 " + limit + " 限" + beyond,
                limit == Limit.RATE
                        ? indicator + " read " + number(value) + in + ", changing too fast"
                        : indicator + " read " + number(value) + in + ", beyond limit " + limit + beyond);
    }

    static BilingualText threshold(String indicator, int version) {
        return new BilingualText(
                indicator + " 限值第 " + version + " 版生效",
                "Version " + version + " of the limits of " + indicator + " took effect");
    }

    static BilingualText of(DomainEvent event) {
        return switch (event) {
            case AlarmEvent alarm -> AlarmStepTexts.of(alarm);
            case RiskAssessed assessed -> risk(assessed);
            case WarningEvent warning -> warning(warning);
            case FeedbackEvent feedback -> feedback(feedback);
            default -> {
                String name = EventTypes.of(event).name();
                yield new BilingualText(name, name);
            }
        };
    }

    private static BilingualText risk(RiskAssessed assessed) {
        RiskLevel level = assessed.level();
        RiskLevel previous = assessed.previousLevel();
        String index = number(assessed.index());
        return level == previous
                ? new BilingualText(
                        "风险指数 " + index + "，" + level(level).zh() + "色",
                        "Risk index " + index + ", " + level(level).en())
                : new BilingualText(
                        "风险指数 " + index + "，" + level(previous).zh() + "色转"
                                + level(level).zh() + "色",
                        "Risk index " + index + ", from " + level(previous).en() + " to "
                                + level(level).en());
    }

    private static BilingualText warning(WarningEvent event) {
        return switch (event) {
            case WarningIssued issued -> issued.message();
            case WarningSegmentAdded added -> added.message();
            case WarningSigned signed -> new BilingualText(signed.by() + " 签收", signed.by() + " signed");
            case WarningEscalated escalated -> {
                BilingualText tier =
                        TIERS.getOrDefault(escalated.to(), new BilingualText(escalated.to(), escalated.to()));
                BilingualText missed = deadline(escalated.missed());
                yield new BilingualText(
                        "逾期未" + missed.zh() + "，上报" + tier.zh(),
                        "Not " + missed.en() + " in time: the " + tier.en() + " is told");
            }
            case WarningVerified verified ->
                verified.passed()
                        ? new BilingualText(verified.by() + " 核查通过", verified.by() + " verified it")
                        : new BilingualText(verified.by() + " 核查未通过", verified.by() + " found it not in order");
            case WarningClosed _ -> new BilingualText("预警消警", "The warning closed");
        };
    }

    private static BilingualText feedback(FeedbackEvent event) {
        int number = event.number();
        return switch (event) {
            case FeedbackSubmitted submitted ->
                new BilingualText(
                        submitted.by() + " 提交第 " + number + " 次反馈", submitted.by() + " gave answer " + number);
            case FeedbackAccepted accepted ->
                new BilingualText(
                        accepted.by() + " 通过第 " + number + " 次反馈", accepted.by() + " accepted answer " + number);
            case FeedbackReturned returned ->
                new BilingualText(
                        returned.by() + " 退回第 " + number + " 次反馈", returned.by() + " sent answer " + number + " back");
        };
    }

    private static BilingualText deadline(DeadlineKind kind) {
        return switch (kind) {
            case SIGN -> new BilingualText("签收", "signed");
            case FEEDBACK -> new BilingualText("反馈", "answered");
            case RESOLVE -> new BilingualText("处置完成", "dealt with");
        };
    }

    private static BilingualText level(RiskLevel level) {
        return switch (level) {
            case BLUE -> new BilingualText("蓝", "blue");
            case YELLOW -> new BilingualText("黄", "yellow");
            case ORANGE -> new BilingualText("橙", "orange");
            case RED -> new BilingualText("红", "red");
        };
    }

    static String number(double value) {
        return new BigDecimal(Double.toString(value))
                .setScale(3, RoundingMode.HALF_UP)
                .stripTrailingZeros()
                .toPlainString();
    }
}
