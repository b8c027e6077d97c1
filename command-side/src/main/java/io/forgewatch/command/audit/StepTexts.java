package io.forgewatch.command.audit;

import io.forgewatch.event.DomainEvent;
import io.forgewatch.event.EventTypes;
import io.forgewatch.event.alarm.AlarmEvent;
import io.forgewatch.event.alarm.AlarmWords;
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
        BilingualText name = AlarmWords.indicator(indicator);
        BilingualText read = AlarmWords.value(indicator, value, unit);
        BilingualText at = AlarmWords.limit(limit);
        BilingualText beyond = switch (limit) {
            case LL, L, H, HH -> {
                BilingualText bound =
                        threshold == null ? new BilingualText("", "") : AlarmWords.value(indicator, threshold, unit);
                yield new BilingualText(
                        ("越过" + at.zh() + " " + bound.zh()).strip(),
                        ("beyond the " + at.en() + " " + bound.en()).strip());
            }
            case STATE, INTERLOCK, RATE, FAULT, OFFLINE, AREA -> at;
        };
        return new BilingualText(
                name.zh() + " 读数 " + read.zh() + "，" + beyond.zh(),
                name.en() + " read " + read.en() + ", " + beyond.en());
    }

    static BilingualText threshold(String indicator, int version) {
        BilingualText name = AlarmWords.indicator(indicator);
        return new BilingualText(
                name.zh() + " 限值第 " + version + " 版生效",
                "Version " + version + " of the limits of " + name.en() + " took effect");
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
        String index = AlarmWords.number(assessed.index());
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
            case FeedbackSubmitted submitted -> {
                boolean further = submitted.demand() > 1;
                yield new BilingualText(
                        submitted.by() + " 提交第 " + number + " 次反馈"
                                + (further ? "（第 " + submitted.demand() + " 号要求）" : ""),
                        submitted.by() + " gave answer " + number
                                + (further ? " to demand " + submitted.demand() : ""));
            }
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
}
