package io.forgewatch.query.projection;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a view stands: what serves it, what is built beside it, who is parked, and what differs from its events. */
@Schema(name = "Projection", description = "视图投影")
record ViewReport(
        @Schema(example = "warnings") String name,

        @Schema(description = "Of the code that built what is read now", example = "2")
        int version,

        @Schema(
                description = "Which generation of the view is read now; grows with each that takes over",
                example = "0")
        int build,

        @Schema(description = "The last event that it shows", example = "4711")
        long position,

        @Schema(
                description = "Why it goes no further until somebody acts, or null",
                types = {"string", "null"})
        @Nullable
        String stopped,

        @Schema(
                description =
                        "Why it shows nothing newer for the moment, or null: the document store or the broker is not as it"
                                + " should be, or it is of a release before and no instance folds it while its"
                                + " successor is built",
                types = {"string", "null"})
        @Nullable
        String trouble,

        List<Parked> parked,

        @Schema(description = "What will take over, or null while nothing is built") @Nullable
        Building building,

        @Schema(
                description = "Why the last that was built did not take over, or null",
                types = {"string", "null"})
        @Nullable
        String givenUp,

        List<Drift> drift) {

    /** A generation under construction. */
    @Schema(name = "ProjectionBuilding", description = "重建进度")
    record Building(
            int version,
            @Schema(example = "1") int build,

            @Schema(description = "The last event that it has taken in", example = "4000")
            long position,

            @Schema(description = "How much of the events it has taken in, from 0 to 1", example = "0.85")
            double done,

            Instant since,

            @Schema(
                    description = "Why it goes no further until somebody acts, or null",
                    types = {"string", "null"})
            @Nullable
            String stopped,

            @Schema(
                    description = "Why it is trying again, or null",
                    types = {"string", "null"})
            @Nullable
            String trouble,

            List<Parked> parked) {}

    boolean needsAttention() {
        return trouble != null
                || !parked.isEmpty()
                || !drift.isEmpty()
                || givenUp != null
                || (building != null && (building.stopped() != null || building.trouble() != null));
    }
}
