package io.forgewatch.command.web;

import io.forgewatch.command.eventstore.StoreWentBackException;
import io.forgewatch.web.Problem;
import io.forgewatch.web.ProblemTranslation;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Tells callers that this process knows what the store has lost. */
final class StoreProblems implements ProblemTranslation {

    private static final Problem WENT_BACK = new Problem(
            503,
            "store-went-back",
            "The store has lost events that this server had seen; it must be started again. 存储丢失了本服务已知的事件，须重新启动。",
            List.of(),
            Map.of("Retry-After", "60"));

    @Override
    public Optional<Problem> problem(Throwable failure) {
        return failure instanceof StoreWentBackException ? Optional.of(WENT_BACK) : Optional.empty();
    }
}
