package io.forgewatch.event.warning;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Until when a warning must be signed 签收, first answered 首次反馈, dealt with 处置完成 and, where it is orange or red, verified 核查
 * (dossier §5).
 *
 * @param verify null where nothing is verified
 */
public record Deadlines(
        Instant sign,
        Instant feedback,
        Instant resolve,
        @Nullable Instant verify) {

    public Deadlines(Instant sign, Instant feedback, Instant resolve) {
        this(sign, feedback, resolve, null);
    }

    /** The one of a kind. */
    public Instant of(DeadlineKind kind) {
        return switch (kind) {
            case SIGN -> sign;
            case FEEDBACK -> feedback;
            case RESOLVE -> resolve;
        };
    }
}
