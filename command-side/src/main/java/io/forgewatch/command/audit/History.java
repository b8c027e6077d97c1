package io.forgewatch.command.audit;

import io.forgewatch.web.Page;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * What something was like at a moment, beside what it is now.
 *
 * @param then as it was at the moment asked for
 * @param now as it is
 * @param since what is another than it was then
 * @param changes what led to what it was then, newest first
 */
@Schema(name = "AuditHistory")
record History(
        AuditItem.Named subject,
        @Schema(example = "GT3702110001") String enterpriseId,
        State then,
        State now,
        List<FieldChange> since,
        Page<Change> changes) {

    History {
        since = List.copyOf(since);
    }

    /**
     * A state.
     *
     * @param position of the last event that made it so
     * @param at when that was recorded
     * @param state as the decider has it from which decisions follow
     */
    @Schema(name = "AuditState")
    record State(
            @Schema(example = "4711") long position,
            Instant at,

            @Schema(implementation = Object.class, example = "{\"status\": \"SIGNED\"}")
            ObjectNode state) {}

    /**
     * An event that changed the state, or happened to the subject itself.
     *
     * @param actor {@code kind/id} of who caused it
     * @param event its name
     * @param fields what changed; empty when the event changed nothing that decisions follow from
     */
    @Schema(name = "AuditChange")
    record Change(
            @Schema(example = "4711") long position,
            Instant at,
            @Schema(example = "account/zhao") String actor,
            @Schema(example = "WarningSigned") String event,
            List<FieldChange> fields) {

        Change {
            fields = List.copyOf(fields);
        }
    }
}
