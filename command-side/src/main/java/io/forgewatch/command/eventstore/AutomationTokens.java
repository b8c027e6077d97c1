package io.forgewatch.command.eventstore;

import java.util.Map;
import java.util.Objects;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** How far each automation has come, kept in a table. */
final class AutomationTokens {

    private final Database database;

    AutomationTokens(Database database) {
        this.database = database;
    }

    Mono<Map<String, Long>> load() {
        return database.read(connection -> Flux.from(connection
                                .createStatement("select automation, position from automation_tokens")
                                .execute())
                        .flatMap(result -> result.map((row, meta) -> Map.entry(
                                Objects.requireNonNull(row.get(0, String.class)),
                                Objects.requireNonNull(row.get(1, Long.class))))))
                .collectMap(Map.Entry::getKey, Map.Entry::getValue);
    }

    Mono<Void> save(Map<String, Long> positions) {
        if (positions.isEmpty()) {
            return Mono.empty();
        }
        String[] names = positions.keySet().toArray(String[]::new);
        Long[] values = positions.values().toArray(Long[]::new);
        return database.write(connection -> Flux.from(connection
                                .createStatement("insert into automation_tokens (automation, position)"
                                        + " select * from unnest($1::text[], $2::bigint[])"
                                        + " on conflict (automation) do update set position = excluded.position")
                                .bind(0, names)
                                .bind(1, values)
                                .execute())
                        .flatMap(result -> result.getRowsUpdated()))
                .then();
    }
}
