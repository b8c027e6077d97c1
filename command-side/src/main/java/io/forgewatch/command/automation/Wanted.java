package io.forgewatch.command.automation;

import io.forgewatch.command.decision.Command;
import io.forgewatch.command.decision.DueDate;
import io.forgewatch.command.decision.LookAgain;
import java.util.List;
import reactor.core.publisher.Flux;

/** What an automation's rule wants done about an event. */
record Wanted(List<Command> commands, List<DueDate> dates) {

    Wanted {
        commands = List.copyOf(commands);
        dates = List.copyOf(dates);
    }

    /** A command and its place among those of its event. */
    record Next(Command command, int index) {}

    Flux<Next> all() {
        return Flux.range(0, commands.size()).map(index -> new Next(commands.get(index), index));
    }

    /** What is sent one after the other. */
    Flux<Next> inTurn() {
        return all().filter(next -> !(next.command() instanceof LookAgain));
    }

    Flux<Next> looks() {
        return all().filter(next -> next.command() instanceof LookAgain);
    }
}
