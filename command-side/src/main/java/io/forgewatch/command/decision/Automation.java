package io.forgewatch.command.decision;

import io.forgewatch.event.DomainEvent;
import io.forgewatch.event.RecordedEvent;
import java.util.List;
import java.util.Set;

/**
 * A rule "when this happens, then do that": one event in, commands and due dates out. Pure; its name is the rule, such as
 * {@code WhenRiskRisesThenIssueWarning}. Runs at least once for each event, in order within an enterprise; the commands' ids
 * follow from the event, so that a repeat changes nothing.
 */
public interface Automation {

    /**
     * The rule's name, by which its position, what it left alone and the ids of its commands are stored: a constant that stays when
     * the class is renamed, since under another name it would act on all of history once more.
     */
    String name();

    /** What follows from which events: Who wraps another says what each of the three below does instead. */
    default Reactions reactions() {
        return Reactions.NONE;
    }

    /** The events it waits for. */
    default Set<Class<? extends DomainEvent>> on() {
        return reactions().on();
    }

    default List<Command> then(RecordedEvent event) {
        return reactions().then(event.event());
    }

    default List<DueDate> due(RecordedEvent event) {
        return reactions().due(event.event());
    }
}
