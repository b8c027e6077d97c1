package io.forgewatch.query.projection;

import io.swagger.v3.oas.annotations.media.Schema;

/** Somebody whose events a view could not take in, from one on. */
@Schema(name = "ProjectionParked", description = "暂停处理")
public record Parked(
        @Schema(description = "The enterprise, or the subject of events that have none", example = "GT3702110001")
        String key,

        @Schema(description = "Of the first event that was not taken in", example = "4711")
        long position,

        String reason) {}
