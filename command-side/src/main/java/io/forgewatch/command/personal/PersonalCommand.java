package io.forgewatch.command.personal;

import io.forgewatch.command.decision.Command;
import io.forgewatch.command.decision.CommandName;
import io.forgewatch.event.personal.PersonalSubject;
import java.time.Instant;
import java.util.Set;

/** What can be asked of personal data. */
public sealed interface PersonalCommand extends Command {

    PersonalSubject whose();

    /**
     * Erases all that is there by now.
     *
     * @param upTo the number of the last key there is, from 1
     * @param reason 1 to 1,000 characters
     */
    @CommandName("ErasePersonalData")
    record ErasePersonalData(PersonalSubject whose, int upTo, String reason, String by, Instant at)
            implements PersonalCommand {

        public ErasePersonalData {
            if (upTo < 1 || reason.isBlank() || reason.codePointCount(0, reason.length()) > 1_000) {
                throw new IllegalArgumentException("There is a key to delete, and a reason of 1 to 1,000 characters");
            }
        }

        /** A repeat may find a later key than the first request. */
        @Override
        public Set<String> incidental() {
            return Set.of("at", "upTo");
        }
    }
}
