package io.forgewatch.command.personal;

import io.forgewatch.event.DomainEvent;
import io.forgewatch.event.personal.KeyName;
import io.forgewatch.event.personal.PersonalFields;
import io.forgewatch.event.personal.PersonalKey;
import io.forgewatch.event.personal.PersonalSubject;
import io.forgewatch.event.personal.PersonalText;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Opens what events carry sealed, for those who may read it. */
public final class PersonalTexts {

    /**
     * Neither open nor erased: its key is not known here, though nobody deleted it, or it is not what was sealed. Asked for again
     * each time that it is read.
     */
    static final String UNREADABLE = "无法解密 / cannot be opened";

    private static final Logger LOG = LoggerFactory.getLogger(PersonalTexts.class);

    private final PersonalKeys keys;

    PersonalTexts(PersonalKeys keys) {
        this.keys = keys;
    }

    /**
     * What opens the texts of these events: the same event with each of them as it reads, {@link PersonalText#ERASED} where its
     * key was deleted. At once where none is sealed.
     */
    Mono<UnaryOperator<DomainEvent>> opening(Collection<DomainEvent> events) {
        return reading(events.stream()
                        .flatMap(event -> PersonalFields.of(event).stream())
                        .toList())
                .map(opened -> event -> PersonalFields.with(event, opened));
    }

    /** What opens these texts, in the same way. */
    public Mono<UnaryOperator<PersonalText>> reading(Collection<PersonalText> texts) {
        Set<KeyName> needed = new HashSet<>();
        texts.forEach(text -> key(text).ifPresent(needed::add));
        return needed.isEmpty()
                ? Mono.just(text -> opened(text, Map.of()))
                // What is done with many events goes on elsewhere than where all connections are read.
                : keys.of(needed).publishOn(Schedulers.parallel()).map(known -> text -> opened(text, known));
    }

    private static PersonalText opened(PersonalText text, Map<PersonalSubject, KnownKeys> known) {
        return text.isSealed() ? PersonalText.plain(read(text, known)) : text;
    }

    private static String read(PersonalText text, Map<PersonalSubject, KnownKeys> known) {
        KeyName name = key(text).orElse(null);
        if (name == null) {
            return UNREADABLE;
        }
        KnownKeys own = known.get(name.whose());
        if (own == null || !own.knows(name.number())) {
            LOG.error("Key {} of personal data is missing and was not deleted here", name.wire());
            return UNREADABLE;
        }
        Optional<PersonalKey> key = own.numbered(name.number());
        return key.isEmpty() ? PersonalText.ERASED : read(text, key.get());
    }

    private static String read(PersonalText text, PersonalKey key) {
        try {
            return key.open(text);
        } catch (IllegalArgumentException changed) {
            LOG.error("A personal text cannot be opened: {}", String.valueOf(changed.getMessage()));
            return UNREADABLE;
        }
    }

    /** Empty also for one that only begins as a sealed one. */
    private static Optional<KeyName> key(PersonalText text) {
        try {
            return text.key();
        } catch (IllegalArgumentException malformed) {
            LOG.error("A personal text is not as it was sealed: {}", String.valueOf(malformed.getMessage()));
            return Optional.empty();
        }
    }
}
