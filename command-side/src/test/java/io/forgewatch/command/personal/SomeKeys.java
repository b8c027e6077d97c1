package io.forgewatch.command.personal;

import io.forgewatch.command.security.SecretSeal;
import io.forgewatch.command.security.SeededRandom;
import io.forgewatch.event.personal.KeyName;
import io.forgewatch.event.personal.PersonalKey;
import io.forgewatch.event.personal.PersonalSubject;
import java.security.SecureRandom;

/** For tests: keys of personal data that nobody has to keep. */
public final class SomeKeys {

    private static final SecureRandom RANDOM = SeededRandom.make();

    private final InMemoryKeyTable table = new InMemoryKeyTable();

    /** The first key of a subject, always the same. */
    static PersonalKey of(PersonalSubject whose) {
        return new PersonalKey(new KeyName(whose, 1), new byte[PersonalKey.BYTES]);
    }

    public static Confided confided(PersonalSubject whose, String text) {
        return new Confided(text, of(whose), RANDOM);
    }

    /** On a table in memory. */
    public Confidences confidences() {
        return new Confidences(keys(table), RANDOM);
    }

    /** Opens what was sealed on that table. */
    public PersonalTexts texts() {
        return new PersonalTexts(keys(table));
    }

    static PersonalKeys keys(InMemoryKeyTable table) {
        return new PersonalKeys(table, new SecretSeal(new byte[PersonalKey.BYTES]), RANDOM);
    }
}
