package io.forgewatch.command.automation;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Duration;

/**
 * An automation has failed and got no further since.
 *
 * @param position up to which all is done
 * @param attempts how many have failed there, one after the other
 * @param why the last one failed
 */
@Schema(name = "Standstill", description = "停滞")
record Standstill(
        @Schema(description = "Up to which all is done", example = "4711")
        long position,

        @Schema(description = "How many attempts have failed there, one after the other", example = "5")
        int attempts,

        @Schema(description = "What the last one failed with")
        String why) {

    /** So many attempts are no passing trouble. */
    static final int LASTING = 5;

    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(15);

    static Standstill first(long position, Throwable failure) {
        return new Standstill(position, 1, why(failure));
    }

    Standstill next(long reached, Throwable failure) {
        return reached > position
                ? first(reached, failure)
                : new Standstill(position, Math.addExact(attempts, 1), why(failure));
    }

    @JsonIgnore
    boolean isLasting() {
        return attempts >= LASTING;
    }

    /**
     * Until the next attempt: grows up to a limit.
     *
     * @param chance from 0 to 1; how much of its second half is waited, so that what failed together does not come back together
     */
    Duration pause(double chance) {
        long whole = FIRST_PAUSE.toMillis() << Math.min(attempts - 1, 16);
        double limited = Math.min(whole, LONGEST_PAUSE.toMillis());
        return Duration.ofMillis((long) (limited * (0.5 + chance / 2)));
    }

    private static String why(Throwable failure) {
        return failure instanceof HaltedException ? String.valueOf(failure.getMessage()) : failure.toString();
    }
}
