package io.forgewatch.command.eventstore;

import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The transparency log's full tiles, written once each. */
public final class LogTiles {

    private static final HexFormat HEX = HexFormat.of();

    private final Reads reads;
    private final Database database;

    LogTiles(Database database) {
        this(database, database);
    }

    /** @param reads where it reads */
    LogTiles(Reads reads, Database database) {
        this.reads = reads;
        this.database = database;
    }

    /**
     * A full tile: 256 hashes side by side.
     *
     * @param level 0 for leaf hashes; each hash of a level is the root of a full tile of the one below
     * @param index from the left, from 0
     * @param root of the subtree of these hashes, 32 bytes
     * @param hashes 256 of 32 bytes, one after the other
     */
    public record FullTile(int level, long index, byte[] root, byte[] hashes) {}

    /** Writes tiles, all or none; those that are there already stay as they are. */
    public Mono<Void> write(int epoch, List<FullTile> tiles) {
        if (tiles.isEmpty()) {
            return Mono.empty();
        }
        Integer[] levels = tiles.stream().map(FullTile::level).toArray(Integer[]::new);
        Long[] indexes = tiles.stream().map(FullTile::index).toArray(Long[]::new);
        String[] roots = tiles.stream().map(tile -> HEX.formatHex(tile.root())).toArray(String[]::new);
        String[] hashes =
                tiles.stream().map(tile -> HEX.formatHex(tile.hashes())).toArray(String[]::new);
        return database.write(connection -> Flux.from(connection
                                .createStatement("insert into log_tiles (epoch, level, index, root, hashes)"
                                        + " select $1, n.level, n.index, decode(n.root, 'hex'), decode(n.hashes, 'hex')"
                                        + " from unnest($2::integer[], $3::bigint[], $4::text[], $5::text[])"
                                        + " n(level, index, root, hashes) on conflict do nothing")
                                .bind(0, epoch)
                                .bind(1, levels)
                                .bind(2, indexes)
                                .bind(3, roots)
                                .bind(4, hashes)
                                .execute())
                        .flatMap(result -> result.getRowsUpdated()))
                .then();
    }

    /** How many full tiles a level has. */
    public Mono<Long> count(int epoch, int level) {
        return reads.read(connection -> Flux.from(connection
                                .createStatement("select coalesce(max(index) + 1, 0) from log_tiles"
                                        + " where epoch = $1 and level = $2")
                                .bind(0, epoch)
                                .bind(1, level)
                                .execute())
                        .flatMap(result -> result.map((row, meta) -> Objects.requireNonNull(row.get(0, Long.class)))))
                .next();
    }

    /** The 256 hashes of a tile; empty when it is not written. */
    public Mono<byte[]> hashes(int epoch, int level, long index) {
        return reads.read(connection -> Flux.from(connection
                                .createStatement(
                                        "select hashes from log_tiles where epoch = $1 and level = $2 and index = $3")
                                .bind(0, epoch)
                                .bind(1, level)
                                .bind(2, index)
                                .execute())
                        .flatMap(result -> result.map((row, meta) -> Objects.requireNonNull(row.get(0, byte[].class)))))
                .next();
    }

    /** The roots of as many tiles of a level as are written from one on, 32 bytes each, one after the other. */
    public Mono<byte[]> roots(int epoch, int level, long first, int most) {
        return reads.read(connection -> Flux.from(connection
                                .createStatement(
                                        "select coalesce(string_agg(root, ''::bytea order by index), ''::bytea)"
                                                + " from log_tiles where epoch = $1 and level = $2 and index >= $3 and index < $4")
                                .bind(0, epoch)
                                .bind(1, level)
                                .bind(2, first)
                                .bind(3, first + most)
                                .execute())
                        .flatMap(result -> result.map((row, meta) -> Objects.requireNonNull(row.get(0, byte[].class)))))
                .next();
    }
}
