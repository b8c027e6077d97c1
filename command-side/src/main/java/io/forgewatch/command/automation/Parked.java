package io.forgewatch.command.automation;

import io.swagger.v3.oas.annotations.media.Schema;

/**
 * Somebody whose events an automation leaves alone, from one on.
 *
 * @param key the tag that finds these events: {@code within=} an enterprise, or the subject of those that have none
 * @param position of the first event that is left alone
 * @param reason what its rule failed with
 */
@Schema(name = "Parked", description = "暂停处理")
record Parked(
        @Schema(
                description = "The tag of its events: within=<enterprise>, or the subject's",
                example = "within=GT3702110001")
        String key,

        @Schema(description = "Of the first event that is left alone", example = "4711")
        long position,

        @Schema(example = "java.lang.IllegalStateException: no such profile")
        String reason) {

    Parked from(long later) {
        return new Parked(key, later, reason);
    }
}
