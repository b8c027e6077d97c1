package io.forgewatch.command.automation;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.forgewatch.event.Tag;
import io.swagger.v3.oas.annotations.media.Schema;

/**
 * What an automation leaves alone, from a position on.
 *
 * @param key what it is: the tag {@code within=} an enterprise for all of its events; an event's subject as a tag, on whose events
 *     the rule fails; {@code decision}, what is decided and whose events ask for it, where commands fail
 * @param tag by which these events are found
 * @param position of the first event that is left alone
 * @param behind whether nothing is wrong but that more came than can wait in memory
 * @param reason what it failed with
 */
@Schema(name = "AutomationParked", description = "暂停处理")
record Parked(
        @Schema(
                description =
                        "What is left alone: within=<enterprise>, an event's subject, or decision <decider>/<key> <whose events ask for it>",
                example = "decision risk/GT3702110001 within=GT3702110001")
        String key,

        @JsonIgnore String tag,

        @Schema(description = "Of the first event that is left alone", example = "4711")
        long position,

        @Schema(description = "Whether nothing is wrong but that more came than can wait in memory", example = "false")
        boolean behind,

        @Schema(example = "java.lang.IllegalStateException: no such profile")
        String reason) {

    private static final String DECISION = "decision ";

    static String decision(String decided, String owner) {
        return DECISION + decided + ' ' + owner;
    }

    @JsonIgnore
    boolean isDecision() {
        return key.startsWith(DECISION);
    }

    /** Whether it is all of an owner's, read again in that owner's turns. */
    @JsonIgnore
    boolean isOfOwner() {
        return behind || key.startsWith(Tag.within("").key() + "=");
    }

    Parked at(long other) {
        return new Parked(key, tag, other, behind, reason);
    }
}
