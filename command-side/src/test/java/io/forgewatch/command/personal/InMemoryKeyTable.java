package io.forgewatch.command.personal;

import io.forgewatch.command.eventstore.PersonalKeyTable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** For tests: keys as the table keeps them, without a database. */
public final class InMemoryKeyTable implements PersonalKeyTable {

    private final List<Row> rows = new ArrayList<>();
    private int looks;
    private boolean away;

    @Override
    public Flux<Row> of(Collection<String> subjects) {
        return Flux.defer(() -> {
            looks++;
            if (away) {
                return Flux.error(new IllegalStateException("away"));
            }
            return Flux.fromIterable(rows.stream()
                    .filter(row -> subjects.contains(row.subject()))
                    .toList());
        });
    }

    @Override
    public Mono<Void> add(String subject, String sealedKey) {
        return Mono.fromRunnable(() -> {
            List<Row> own =
                    rows.stream().filter(row -> row.subject().equals(subject)).toList();
            if (own.stream().allMatch(row -> row.sealedKey() == null)) {
                rows.add(new Row(subject, own.size() + 1, sealedKey));
            }
        });
    }

    @Override
    public Mono<Void> erase(String subject, int upTo) {
        return Mono.fromRunnable(() -> rows.replaceAll(row -> row.subject().equals(subject) && row.number() <= upTo
                ? new Row(row.subject(), row.number(), null)
                : row));
    }

    /** How often somebody looked. */
    int looks() {
        return looks;
    }

    /** As a database that cannot be reached. */
    void goAway() {
        away = true;
    }

    /** As a backup of before the keys were made would have it. */
    void lose() {
        rows.clear();
    }
}
