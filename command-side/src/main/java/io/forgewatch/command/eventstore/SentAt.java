package io.forgewatch.command.eventstore;

import io.forgewatch.command.decision.Command;
import io.forgewatch.event.EventJson;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import tools.jackson.databind.node.ObjectNode;

/**
 * The moment of a command that no person sends. A rule has no clock: it names the moment of its cause, or one that a due date was
 * for. Either may be long past when the command is sent, after a standstill, and what follows (a warning's deadlines) counts
 * from when people hear of it: so the moment is that of sending. It is no part of what an idempotency key stands for.
 */
public final class SentAt {

    private static final String MOMENT = "at";

    private SentAt() {}

    /** The command as of now; as it is where its own moment is not before that, as when clocks differ. */
    public static Command now(Command command, Instant now) {
        Instant moment = now.truncatedTo(ChronoUnit.MILLIS);
        return command.at().isBefore(moment) ? at(command, moment) : command;
    }

    /** The same for all commands that differ in their moment only. */
    public static Command anyTime(Command command) {
        return at(command, Instant.EPOCH);
    }

    private static Command at(Command command, Instant moment) {
        ObjectNode fields = EventJson.MAPPER.valueToTree(command);
        return fields.has(MOMENT)
                ? EventJson.MAPPER.treeToValue(fields.put(MOMENT, moment.toString()), command.getClass())
                : command;
    }
}
