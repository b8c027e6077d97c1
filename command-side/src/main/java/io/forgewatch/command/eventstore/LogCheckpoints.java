package io.forgewatch.command.eventstore;

import io.r2dbc.spi.Row;
import java.util.Objects;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The transparency log's checkpoints as they were signed. */
public final class LogCheckpoints {

    private final Database database;

    LogCheckpoints(Database database) {
        this.database = database;
    }

    /**
     * A signed checkpoint.
     *
     * @param size of the tree, in events
     * @param root of the tree, 32 bytes
     * @param note the signed note's text
     */
    public record StoredCheckpoint(int epoch, long size, byte[] root, String note) {}

    /** Stores a checkpoint; tells the one that stands there: another one when somebody was first. */
    public Mono<StoredCheckpoint> store(StoredCheckpoint checkpoint) {
        return database.write(connection -> Flux.from(connection
                                .createStatement("insert into log_checkpoints (epoch, size, root, note)"
                                        + " values ($1, $2, $3, $4) on conflict do nothing")
                                .bind(0, checkpoint.epoch())
                                .bind(1, checkpoint.size())
                                .bind(2, checkpoint.root())
                                .bind(3, checkpoint.note())
                                .execute())
                        .flatMap(result -> result.getRowsUpdated()))
                .then(at(checkpoint.epoch(), checkpoint.size()));
    }

    /** The one of a size, or empty. */
    public Mono<StoredCheckpoint> at(int epoch, long size) {
        return database.read(connection -> Flux.from(connection
                                .createStatement("select epoch, size, root, note from log_checkpoints"
                                        + " where epoch = $1 and size = $2")
                                .bind(0, epoch)
                                .bind(1, size)
                                .execute())
                        .flatMap(result -> result.map((row, meta) -> checkpoint(row))))
                .next();
    }

    /** The largest of the newest epoch, or empty. */
    public Mono<StoredCheckpoint> latest() {
        return database.read(connection -> Flux.from(connection
                                .createStatement("select epoch, size, root, note from log_checkpoints"
                                        + " order by epoch desc, size desc limit 1")
                                .execute())
                        .flatMap(result -> result.map((row, meta) -> checkpoint(row))))
                .next();
    }

    private static StoredCheckpoint checkpoint(Row row) {
        return new StoredCheckpoint(
                Objects.requireNonNull(row.get(0, Integer.class)),
                Objects.requireNonNull(row.get(1, Long.class)),
                Objects.requireNonNull(row.get(2, byte[].class)),
                Objects.requireNonNull(row.get(3, String.class)));
    }
}
