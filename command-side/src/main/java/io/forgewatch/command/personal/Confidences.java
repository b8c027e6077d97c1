package io.forgewatch.command.personal;

import io.forgewatch.event.personal.KeyName;
import io.forgewatch.event.personal.PersonalKey;
import io.forgewatch.event.personal.PersonalSubject;
import java.security.SecureRandom;
import reactor.core.publisher.Mono;

/** Takes names and numbers of people from a request into a command. */
public final class Confidences {

    private final PersonalKeys keys;
    private final SecureRandom random;

    Confidences(PersonalKeys keys, SecureRandom random) {
        this.keys = keys;
        this.random = random;
        sealOne();
    }

    /** What sealing loads when it is first done is loaded here and not by the first request, on an event loop. */
    private void sealOne() {
        PersonalKey key =
                new PersonalKey(new KeyName(PersonalSubject.account("nobody"), 1), new byte[PersonalKey.BYTES]);
        Confided nothing = new Confided("", key, random);
        if (!nothing.isSameAs(nothing.sealed()) || nothing.fingerprint().isEmpty()) {
            throw new IllegalStateException("What is sealed cannot be opened");
        }
    }

    /** @param whose with whose other personal data it will be erased */
    public Mono<Confided> confide(PersonalSubject whose, String text) {
        return keys.current(whose).map(key -> new Confided(text, key, random));
    }
}
