package io.forgewatch.query.projection;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;

/** A document that is not what its events make of it. */
@Schema(name = "Drift", description = "视图与事件不一致")
record Drift(
        @Schema(example = "warnings_v2") String collection,
        @Schema(example = "GT3702110001-W7") String id,

        @Schema(description = "Up to which event it was compared", example = "4711")
        long position,

        @Schema(
                description = "What differs, as paths of fields; 'missing' or 'unexpected' for the whole document",
                example = "[\"content.status\"]")
        List<String> fields,

        Instant foundAt) {

    Drift {
        fields = List.copyOf(fields);
    }
}
