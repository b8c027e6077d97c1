package io.forgewatch.event.personal;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Optional;

/**
 * A name or number of a person, as events, Kafka, documents and backups carry it: {@code personal/1:} with the name of the key,
 * {@code :} and base64url of nonce (12 bytes), AES-256-GCM ciphertext and tag (16 bytes); what stands before the last colon is
 * authenticated with it. Only {@link PersonalKey} opens it. What was stored before there were keys is the text itself.
 *
 * @param stored in either form
 */
public record PersonalText(@JsonValue String stored) {

    /** What a text reads as once its key has been deleted. */
    public static final String ERASED = "已删除 / erased";

    static final String PREFIX = "personal/1:";

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public PersonalText {}

    /** The text itself: as it was stored before there were keys, and for those who have opened it. */
    public static PersonalText plain(String text) {
        return new PersonalText(text);
    }

    public boolean isSealed() {
        return stored.startsWith(PREFIX);
    }

    /**
     * Which key opens it; empty when it is the text itself.
     *
     * @throws IllegalArgumentException when it begins as a sealed one and is none
     */
    public Optional<KeyName> key() {
        return isSealed()
                ? Optional.of(KeyName.fromWire(stored.substring(PREFIX.length(), lastColon())))
                : Optional.empty();
    }

    /** What is authenticated, the last colon included. */
    String header() {
        return stored.substring(0, lastColon() + 1);
    }

    /** The part in base64url. */
    String content() {
        return stored.substring(lastColon() + 1);
    }

    private int lastColon() {
        int colon = stored.lastIndexOf(':');
        if (!isSealed() || colon < PREFIX.length()) {
            throw new IllegalArgumentException("Not a sealed text");
        }
        return colon;
    }

    /** Without what it says, should it say something. */
    @Override
    public String toString() {
        return isSealed() ? stored : "(personal)";
    }
}
