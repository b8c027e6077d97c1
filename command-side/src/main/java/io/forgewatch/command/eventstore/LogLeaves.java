package io.forgewatch.command.eventstore;

import io.r2dbc.spi.Row;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The events as leaves of the transparency log: the event at position p is leaf p - 1. */
public final class LogLeaves {

    private static final HexFormat HEX = HexFormat.of();
    private static final int HASH = 32;

    private final Reads reads;
    private final Database database;
    private final GroupCommit commits;
    private final GroupRead single = new GroupRead(this::events);

    LogLeaves(Database database, GroupCommit commits) {
        this(database, database, commits);
    }

    /** @param reads where it reads */
    LogLeaves(Reads reads, Database database, GroupCommit commits) {
        this.reads = reads;
        this.database = database;
        this.commits = commits;
    }

    /**
     * An event with all that its entry covers.
     *
     * @param tags {@code key=value}
     * @param metadata as stored, a JSON object
     * @param payload as stored
     * @param entry as it is in the log
     */
    public record LoggedEvent(
            long position,
            UUID id,
            String name,
            String version,
            Instant at,
            List<String> tags,
            String metadata,
            byte[] payload,
            byte[] entry) {}

    /** How many leaves there are: the position of the last event. */
    public Mono<Long> size() {
        return new EventRows(reads).head();
    }

    /** Completes when all that waits to be appended by this instance is. */
    public Mono<Void> settled() {
        return commits.idle();
    }

    /**
     * Leaf hashes, 32 bytes each, one after the other.
     *
     * @param first index of a leaf, from 0
     * @throws MissingLeavesException (in the stream) when one of them is not there, or has no hash yet
     */
    public Mono<byte[]> hashes(long first, int count) {
        return reads.read(connection -> Flux.from(connection
                                .createStatement("select string_agg(leaf, ''::bytea order by position) from events"
                                        + " where position > $1 and position <= $2")
                                .bind(0, first)
                                .bind(1, first + count)
                                .execute())
                        .flatMap(result -> result.map((row, meta) -> leaves(row, first, count))))
                .next();
    }

    private static byte[] leaves(Row row, long first, int count) {
        byte[] hashes = row.get(0, byte[].class);
        if (hashes == null || hashes.length != count * HASH) {
            throw new MissingLeavesException(first, count);
        }
        return hashes;
    }

    /** Gives their entries to events that were written before there were any; tells how many there were among these. */
    public Mono<Long> complete(long first, int count) {
        return reads.read(connection -> Flux.from(connection
                                .createStatement("select position, id, name, version, at, metadata, tags, payload"
                                        + " from events where position > $1 and position <= $2 and leaf is null"
                                        + " order by position")
                                .bind(0, first)
                                .bind(1, first + count)
                                .execute())
                        .concatMap(result -> result.map((row, meta) -> late(row))))
                .collectList()
                .flatMap(late -> late.isEmpty() ? Mono.just(0L) : write(late));
    }

    private record Late(long position, byte[] entry) {}

    private static Late late(Row row) {
        String metadata = Objects.requireNonNull(row.get(5, String.class));
        StoredEvent event = new StoredEvent(
                Objects.requireNonNull(row.get(0, Long.class)),
                Objects.requireNonNull(row.get(1, UUID.class)),
                Objects.requireNonNull(row.get(2, String.class)),
                Objects.requireNonNull(row.get(3, String.class)),
                Objects.requireNonNull(row.get(4, Instant.class)),
                Map.of(),
                Criteria.tags(Objects.requireNonNull(row.get(6, String[].class))),
                Objects.requireNonNull(row.get(7, byte[].class)));
        return new Late(event.position(), LogEntries.entry(event, metadata));
    }

    private Mono<Long> write(List<Late> late) {
        Long[] positions = late.stream().map(Late::position).toArray(Long[]::new);
        String[] entries =
                late.stream().map(each -> HEX.formatHex(each.entry())).toArray(String[]::new);
        String[] leaves = late.stream()
                .map(each -> HEX.formatHex(LogEntries.leaf(each.entry())))
                .toArray(String[]::new);
        return database.write(connection -> Flux.from(connection
                                .createStatement(
                                        "update events e set entry = decode(n.entry, 'hex'), leaf = decode(n.leaf, 'hex')"
                                                + " from unnest($1::bigint[], $2::text[], $3::text[]) n(position, entry, leaf)"
                                                + " where e.position = n.position and e.leaf is null")
                                .bind(0, positions)
                                .bind(1, entries)
                                .bind(2, leaves)
                                .execute())
                        .flatMap(result -> result.getRowsUpdated()))
                .next();
    }

    /** Entries in order, as they are in the log. */
    public Flux<byte[]> entries(long first, int count) {
        return reads.read(connection -> Flux.from(connection
                        .createStatement("select entry from events where position > $1 and position <= $2"
                                + " and entry is not null order by position")
                        .bind(0, first)
                        .bind(1, first + count)
                        .execute())
                .concatMap(result -> result.map((row, meta) -> Objects.requireNonNull(row.get(0, byte[].class)))));
    }

    /** One event that is in the log; empty when it is not. */
    public Mono<LoggedEvent> event(long position) {
        return single.event(position);
    }

    private Flux<LoggedEvent> events(List<Long> positions) {
        return reads.read(connection -> Flux.from(connection
                        .createStatement("select position, id, name, version, at, tags, metadata, payload, entry"
                                + " from events where position = any($1) and entry is not null")
                        .bind(0, positions.toArray(Long[]::new))
                        .execute())
                .concatMap(result -> result.map((row, meta) -> logged(row))));
    }

    private static LoggedEvent logged(Row row) {
        return new LoggedEvent(
                Objects.requireNonNull(row.get(0, Long.class)),
                Objects.requireNonNull(row.get(1, UUID.class)),
                Objects.requireNonNull(row.get(2, String.class)),
                Objects.requireNonNull(row.get(3, String.class)),
                Objects.requireNonNull(row.get(4, Instant.class)),
                List.of(Objects.requireNonNull(row.get(5, String[].class))),
                Objects.requireNonNull(row.get(6, String.class)),
                Objects.requireNonNull(row.get(7, byte[].class)),
                Objects.requireNonNull(row.get(8, byte[].class)));
    }
}
