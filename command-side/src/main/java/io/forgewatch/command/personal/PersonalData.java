package io.forgewatch.command.personal;

import io.forgewatch.command.decision.Decider;
import io.forgewatch.command.decision.Decision;
import io.forgewatch.command.decision.Sourcing;
import io.forgewatch.command.personal.PersonalCommand.ErasePersonalData;
import io.forgewatch.event.personal.PersonalEvent;
import io.forgewatch.event.personal.PersonalEvent.PersonalDataErased;
import io.forgewatch.event.personal.PersonalSubject;
import java.util.Map;

/** The personal data 个人信息 of one subject: which of its keys have been ordered to be deleted. */
public final class PersonalData implements Decider<PersonalData.State, PersonalCommand> {

    private static final Sourcing<State> SOURCING = Sourcing.from(new State(0))
            .on(
                    PersonalEvent.class,
                    whose -> PersonalSubject.fromWire(whose).subject().tag(),
                    PersonalData::after);

    /** In the answer: the number of the last key that is deleted. */
    static final String UP_TO = "upTo";

    /** @param erasedUpTo the number of the last key that is to be deleted, with all before it; 0 for none */
    public record State(int erasedUpTo) {}

    @Override
    public String name() {
        return "personal-data";
    }

    @Override
    public Class<PersonalCommand> commands() {
        return PersonalCommand.class;
    }

    @Override
    public String key(PersonalCommand command) {
        return command.whose().wire();
    }

    @Override
    public Sourcing<State> sourcing() {
        return SOURCING;
    }

    @Override
    public Decision decide(State state, PersonalCommand command) {
        return switch (command) {
            case ErasePersonalData erase ->
                erase.upTo() <= state.erasedUpTo()
                        ? Decision.answering(answer(erase.whose(), state.erasedUpTo()))
                        : Decision.answering(
                                answer(erase.whose(), erase.upTo()),
                                new PersonalDataErased(
                                        erase.whose(), erase.upTo(), erase.reason(), erase.by(), erase.at()));
        };
    }

    private static State after(State state, PersonalEvent event) {
        return switch (event) {
            case PersonalDataErased erased -> new State(Math.max(state.erasedUpTo(), erased.upTo()));
        };
    }

    private static Map<String, Object> answer(PersonalSubject whose, int upTo) {
        return Map.of("kind", whose.kind().wire(), "id", whose.id(), UP_TO, upTo);
    }
}
