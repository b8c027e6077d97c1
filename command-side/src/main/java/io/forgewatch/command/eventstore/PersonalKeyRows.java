package io.forgewatch.command.eventstore;

import java.time.Duration;
import java.util.Collection;
import java.util.Objects;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The keys of personal data in a database of their own. */
final class PersonalKeyRows implements PersonalKeyTable, AutoCloseable {

    private static final Duration LONGEST = Duration.ofSeconds(10);

    private final Database keys;

    PersonalKeyRows(Database keys) {
        this.keys = keys;
    }

    @Override
    public Flux<Row> of(Collection<String> subjects) {
        return keys.read(connection -> Flux.from(connection
                                .createStatement(
                                        "select subject, number, key from personal_keys where subject = any ($1)"
                                                + " order by subject, number")
                                .bind(0, subjects.toArray(String[]::new))
                                .execute())
                        .concatMap(result -> result.map((row, meta) -> new Row(
                                Objects.requireNonNull(row.get(0, String.class)),
                                Objects.requireNonNull(row.get(1, Integer.class)),
                                row.get(2, String.class)))))
                .timeout(LONGEST);
    }

    @Override
    public Mono<Void> add(String subject, String sealedKey) {
        return keys.write(connection -> Flux.from(connection
                                .createStatement("insert into personal_keys (subject, number, key)"
                                        + " select $1, coalesce(max(number), 0) + 1, $2 from personal_keys where subject = $1"
                                        + " having count(key) = 0 on conflict do nothing")
                                .bind(0, subject)
                                .bind(1, sealedKey)
                                .execute())
                        .flatMap(result -> result.getRowsUpdated()))
                .timeout(LONGEST)
                .then();
    }

    @Override
    public Mono<Void> erase(String subject, int upTo) {
        return keys.write(connection -> Flux.from(connection
                                .createStatement("update personal_keys set key = null, erased_at = now()"
                                        + " where subject = $1 and number <= $2 and key is not null")
                                .bind(0, subject)
                                .bind(1, upTo)
                                .execute())
                        .flatMap(result -> result.getRowsUpdated()))
                .timeout(LONGEST)
                .then();
    }

    @Override
    public void close() {
        keys.close();
    }
}
