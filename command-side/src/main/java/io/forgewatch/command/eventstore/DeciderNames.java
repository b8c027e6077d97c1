package io.forgewatch.command.eventstore;

import io.forgewatch.command.decision.Command;
import io.forgewatch.command.decision.Decider;
import io.forgewatch.command.decision.LookAgain;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.axonframework.messaging.core.MessageType;
import org.axonframework.messaging.core.QualifiedName;

/** Which decider decides on which command, and by which name a command is known. */
public final class DeciderNames {

    private final Map<Class<?>, Decider<?, Command>> byCommand = new HashMap<>();
    private final Map<String, Class<? extends Command>> byName = new HashMap<>();

    /** @throws IllegalStateException when two commands have one name, one command two deciders, or one has no name */
    public DeciderNames(Collection<? extends Decider<?, ?>> deciders) {
        for (Decider<?, ?> decider : deciders) {
            for (Class<? extends Command> command : commands(decider)) {
                @SuppressWarnings("unchecked") // it is only given commands of its own
                Decider<?, Command> mine = (Decider<?, Command>) decider;
                Class<? extends Command> other = byName.put(Command.name(command), command);
                if (byCommand.put(command, mine) != null || other != null) {
                    throw new IllegalStateException("Two of the name " + Command.name(command));
                }
            }
        }
    }

    Decider<?, Command> of(Command command) {
        Decider<?, Command> decider = byCommand.get(command.getClass());
        if (decider == null) {
            throw new IllegalArgumentException(
                    "No decider for " + command.getClass().getSimpleName());
        }
        return decider;
    }

    /** What a command is decided on: the decider's name and which one of these entities, such as {@code risk/GT3702110001}. */
    public String decision(Command command) {
        Decider<?, Command> decider = of(command);
        return decider.name() + '/' + decider.key(command);
    }

    /** @throws IllegalArgumentException when no command has that name */
    public Class<? extends Command> named(String name) {
        Class<? extends Command> command = byName.get(name);
        if (command == null) {
            throw new IllegalArgumentException("No command is named " + name);
        }
        return command;
    }

    /** Whether a command of that simple name only looks again; false where there is none. */
    public boolean isLook(String simpleName) {
        Class<? extends Command> command = byName.get(simpleName);
        return command != null && LookAgain.class.isAssignableFrom(command);
    }

    static List<? extends Class<? extends Command>> commands(Decider<?, ?> decider) {
        return records(decider.commands())
                .map(type -> type.asSubclass(Command.class))
                .toList();
    }

    static MessageType type(String decider, Class<? extends Command> command) {
        return new MessageType(new QualifiedName(decider, Command.name(command)), "1");
    }

    private static Stream<Class<?>> records(Class<?> type) {
        return type.isSealed()
                ? Arrays.stream(type.getPermittedSubclasses()).flatMap(DeciderNames::records)
                : Stream.of(type);
    }
}
