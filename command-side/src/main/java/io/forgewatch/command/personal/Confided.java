package io.forgewatch.command.personal;

import com.fasterxml.jackson.annotation.JsonValue;
import io.forgewatch.event.personal.PersonalKey;
import io.forgewatch.event.personal.PersonalText;
import java.security.SecureRandom;

/**
 * A name or number of a person on its way into an event: known in clear to the command alone, which lives no longer than its
 * request. In JSON, as for the hash that stands under an idempotency key, it is a fingerprint that says nothing without the key.
 */
public final class Confided {

    private final String text;
    private final PersonalKey key;
    private final PersonalText sealed;

    /** @param random gives the nonce */
    public Confided(String text, PersonalKey key, SecureRandom random) {
        this.text = text;
        this.key = key;
        this.sealed = key.seal(text, random);
    }

    public String text() {
        return text;
    }

    /** As the event carries it; always the same. */
    public PersonalText sealed() {
        return sealed;
    }

    /** Whether that is the same text, as far as this key can tell. */
    public boolean isSameAs(PersonalText other) {
        if (!other.isSealed()) {
            return text.equals(other.stored());
        }
        return other.key().filter(key.name()::equals).isPresent() && text.equals(key.open(other));
    }

    @JsonValue
    String fingerprint() {
        return key.fingerprint(text);
    }

    /** Without the text: this may end up in a log. */
    @Override
    public String toString() {
        return "Confided[" + key.name().wire() + "]";
    }
}
