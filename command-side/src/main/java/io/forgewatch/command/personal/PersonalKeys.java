package io.forgewatch.command.personal;

import io.forgewatch.command.eventstore.PersonalKeyTable;
import io.forgewatch.command.security.SecretSeal;
import io.forgewatch.event.personal.KeyName;
import io.forgewatch.event.personal.PersonalKey;
import io.forgewatch.event.personal.PersonalSubject;
import io.forgewatch.web.Problem;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/**
 * The keys of personal data: made at first use, remembered while they are used, deleted for good. While their table cannot be used
 * all fail with 503 {@code unavailable}, but for what is remembered.
 */
final class PersonalKeys {

    private static final int REMEMBERED = 10_000;
    private static final int RETRY_AFTER_SECONDS = 5;
    private static final Retry LOST_A_RACE = Retry.backoff(4, Duration.ofMillis(20))
            .filter(failure -> failure instanceof NoCurrentKeyException)
            .onRetryExhaustedThrow((spec, signal) -> signal.failure());

    private final PersonalKeyTable table;
    private final SecretSeal seal;
    private final SecureRandom random;

    // Guarded by this. What was looked up before something was forgotten is not remembered: it may be what was
    // forgotten.
    private long forgotten;
    private final Map<PersonalSubject, KnownKeys> remembered = new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<PersonalSubject, KnownKeys> eldest) {
            return size() > REMEMBERED;
        }
    };

    PersonalKeys(PersonalKeyTable table, SecretSeal seal, SecureRandom random) {
        this.table = table;
        this.seal = seal;
        this.random = random;
    }

    /** The key under which new data of a subject is sealed; made when there is none. */
    Mono<PersonalKey> current(PersonalSubject whose) {
        return Mono.defer(() -> {
                    KnownKeys known = known(whose);
                    return known != null && known.current().isPresent()
                            ? Mono.just(known)
                            : looked(whose)
                                    .flatMap(found -> found.current().isPresent()
                                            ? Mono.just(found)
                                            : add(whose).then(looked(whose)));
                })
                .map(found -> found.current().orElseThrow(NoCurrentKeyException::new))
                .retryWhen(LOST_A_RACE);
    }

    /** What is known of the subjects of these keys; asks the table where something is missing. */
    Mono<Map<PersonalSubject, KnownKeys>> of(Collection<KeyName> names) {
        return Mono.defer(() -> {
            Map<PersonalSubject, KnownKeys> found = new HashMap<>();
            Set<PersonalSubject> missing = names.stream()
                    .filter(name -> !isKnown(name, found))
                    .map(KeyName::whose)
                    .collect(Collectors.toSet());
            return missing.isEmpty()
                    ? Mono.just(found)
                    : looked(missing).map(looked -> {
                        found.putAll(looked);
                        return found;
                    });
        });
    }

    /** The number of the last key that a subject ever had; 0 for none. */
    Mono<Integer> last(PersonalSubject whose) {
        return looked(whose).map(KnownKeys::last);
    }

    /** Deletes the keys up to a number, here and in the table. */
    Mono<Void> erase(PersonalSubject whose, int upTo) {
        return table.erase(whose.wire(), upTo).then(Mono.fromRunnable(() -> forget(whose)));
    }

    private boolean isKnown(KeyName name, Map<PersonalSubject, KnownKeys> found) {
        KnownKeys known = known(name.whose());
        if (known == null || !known.knows(name.number())) {
            return false;
        }
        found.put(name.whose(), known);
        return true;
    }

    private Mono<Void> add(PersonalSubject whose) {
        return Mono.defer(() -> {
            byte[] key = new byte[PersonalKey.BYTES];
            random.nextBytes(key);
            return table.add(whose.wire(), seal.seal(key)).onErrorMap(PersonalKeys::unavailable);
        });
    }

    /** Whoever asked can try again; what was wrong is for the operators. */
    private static Problem unavailable(Throwable failure) {
        return Problem.unavailable(RETRY_AFTER_SECONDS, failure);
    }

    private Mono<KnownKeys> looked(PersonalSubject whose) {
        return looked(Set.of(whose)).map(found -> found.getOrDefault(whose, new KnownKeys(List.of())));
    }

    private Mono<Map<PersonalSubject, KnownKeys>> looked(Set<PersonalSubject> subjects) {
        return Mono.defer(() -> {
            long before = forgotten();
            return table.of(subjects.stream().map(PersonalSubject::wire).toList())
                    .collectList()
                    .map(this::read)
                    .doOnNext(found -> remember(found, before))
                    .onErrorMap(PersonalKeys::unavailable);
        });
    }

    private Map<PersonalSubject, KnownKeys> read(List<PersonalKeyTable.Row> rows) {
        Map<PersonalSubject, List<Optional<PersonalKey>>> keys = new HashMap<>();
        for (PersonalKeyTable.Row row : rows) {
            KeyName name = new KeyName(PersonalSubject.fromWire(row.subject()), row.number());
            List<Optional<PersonalKey>> own = keys.computeIfAbsent(name.whose(), none -> new ArrayList<>());
            if (own.size() + 1 != name.number()) {
                throw new IllegalStateException("Keys are missing before " + name.wire());
            }
            own.add(Optional.ofNullable(row.sealedKey()).map(text -> new PersonalKey(name, seal.unseal(text))));
        }
        return keys.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, own -> new KnownKeys(own.getValue())));
    }

    private synchronized long forgotten() {
        return forgotten;
    }

    private synchronized @Nullable KnownKeys known(PersonalSubject whose) {
        return remembered.get(whose);
    }

    private synchronized void remember(Map<PersonalSubject, KnownKeys> found, long before) {
        if (forgotten == before) {
            remembered.putAll(found);
        }
    }

    private synchronized void forget(PersonalSubject whose) {
        forgotten++;
        remembered.remove(whose);
    }

    /** The key that was just made has been deleted already. */
    private static final class NoCurrentKeyException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        NoCurrentKeyException() {
            super("The key was deleted as it was made", null, false, false);
        }
    }
}
