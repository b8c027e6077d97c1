package io.forgewatch.command.web;

import io.forgewatch.command.decision.EventTooLargeException;
import io.forgewatch.command.decision.Refusal;
import io.forgewatch.command.decision.RefusedException;
import io.forgewatch.web.Problem;
import io.forgewatch.web.ProblemTranslation;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Tells callers why a command was refused. */
final class RefusalProblems implements ProblemTranslation {

    @Override
    public Optional<Problem> problem(Throwable failure) {
        return switch (failure) {
            case RefusedException refused -> Optional.of(problem(refused.refusal()));
            case EventTooLargeException tooLarge ->
                Optional.of(new Problem(
                        422,
                        EventTooLargeException.CODE,
                        "What was asked for makes an event that is too large; nothing was stored. 所请求的内容产生的事件过大，未写入。"));
            default -> Optional.empty();
        };
    }

    private static Problem problem(Refusal refusal) {
        int status = switch (refusal.kind()) {
            case NOT_FOUND -> 404;
            case FORBIDDEN -> 403;
            case CONFLICT -> 409;
            case INVALID -> 422;
        };
        String detail = refusal.en() + " " + refusal.zh();
        String field = refusal.field();
        List<Problem.Item> errors =
                field == null ? List.of() : List.of(new Problem.Item("#/" + field, refusal.code(), detail));
        return new Problem(status, refusal.code(), detail, errors, Map.of());
    }
}
