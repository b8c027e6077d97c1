package io.forgewatch.command.transparency;

import io.forgewatch.log.Tile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * A folder that can be shipped away, as C2SP tlog-tiles lays a log out: {@code <epoch>/checkpoint}, {@code <epoch>/keys}, {@code
 * <epoch>/tile/…}. The checkpoint is written last, and what only older ones need is deleted after it: whatever happens in
 * between, the folder holds a checkpoint with all of its tiles. {@code latest} points to the newest epoch, and what stands beside
 * it to what is in there, so that the folder as a whole reads as the newest epoch's log.
 */
final class ShippedFolder implements CheckpointOutlet {

    private static final String CHECKPOINT = "checkpoint";
    private static final String KEYS = "keys";
    private static final String LATEST = "latest";
    private static final int LEVELS = 8;
    private static final int LONGEST_CHECKPOINT = 64 << 10;

    private final Path folder;
    private final TileShelf shelf;
    private final LogKeys keys;

    ShippedFolder(Path folder, TileShelf shelf, LogKeys keys) {
        this.folder = folder;
        this.shelf = shelf;
        this.keys = keys;
    }

    @Override
    public String name() {
        return "folder";
    }

    /** What the folder claims: the checkpoint of its newest epoch; empty when it has none. */
    Mono<Claim> newest() {
        return Mono.fromCallable(this::read)
                .subscribeOn(Schedulers.boundedElastic())
                .flatMap(Mono::justOrEmpty);
    }

    @Override
    public Mono<Void> publish(SignedCheckpoint checkpoint) {
        Path place = folder.resolve(Integer.toString(checkpoint.epoch()));
        return Mono.fromCallable(() -> shippedSize(place))
                .subscribeOn(Schedulers.boundedElastic())
                .flatMap(shipped -> shipped > checkpoint.size()
                        ? Mono.empty()
                        : tiles(place, checkpoint, shipped)
                                .then(Mono.fromCallable(() -> finish(place, checkpoint, shipped))
                                        .subscribeOn(Schedulers.boundedElastic())))
                .then();
    }

    /** The tiles that became full since, and the partial ones of this size. */
    private Flux<?> tiles(Path place, SignedCheckpoint checkpoint, long shipped) {
        return Flux.range(0, LEVELS)
                .concatMap(level -> full(level, shipped, checkpoint.size()))
                .concatWith(Flux.fromIterable(Tile.partials(checkpoint.size())))
                .concatMap(tile -> ship(place, checkpoint.epoch(), tile), 4);
    }

    private static Flux<Tile> full(int level, long shipped, long size) {
        long end = Tile.hashesAt(level, size) / Tile.FULL;
        return Flux.generate(() -> Tile.hashesAt(level, shipped) / Tile.FULL, (next, sink) -> {
            if (next < end) {
                sink.next(Tile.full(level, next));
            } else {
                sink.complete();
            }
            return next + 1;
        });
    }

    private Mono<Path> ship(Path place, int epoch, Tile tile) {
        return shelf.tile(epoch, tile).publishOn(Schedulers.boundedElastic()).map(found -> {
            try {
                Path file = place.resolve(tile.path());
                ShippedFiles.write(file, found.bytes());
                return file;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private boolean finish(Path place, SignedCheckpoint checkpoint, long shipped) throws IOException {
        ShippedFiles.writeIfOther(
                place.resolve(KEYS), keys.text(checkpoint.epoch()).getBytes(StandardCharsets.UTF_8));
        ShippedFiles.write(place.resolve(CHECKPOINT), checkpoint.note().getBytes(StandardCharsets.UTF_8));
        ShippedFiles.point(folder.resolve(LATEST), Path.of(Integer.toString(checkpoint.epoch())));
        for (String name : List.of("tile", KEYS, CHECKPOINT)) {
            ShippedFiles.point(folder.resolve(name), Path.of(LATEST, name));
        }
        List<Path> wanted = Tile.partials(checkpoint.size()).stream()
                .map(tile -> place.resolve(tile.path()))
                .toList();
        for (Tile old : Tile.partials(shipped)) {
            ShippedFiles.clearBeside(place.resolve(old.path()), wanted);
        }
        return true;
    }

    private Optional<Claim> read() throws IOException {
        if (!Files.isDirectory(folder)) {
            return Optional.empty();
        }
        int newest;
        try (Stream<Path> places = Files.list(folder)) {
            newest = places.filter(place -> Files.exists(place.resolve(CHECKPOINT)))
                    .map(place -> String.valueOf(place.getFileName()))
                    .filter(name -> name.matches("[1-9][0-9]{0,8}"))
                    .map(Integer::valueOf)
                    .max(Comparator.naturalOrder())
                    .orElse(0);
        }
        if (newest == 0) {
            return Optional.empty();
        }
        byte[] note =
                ShippedFiles.read(folder.resolve(Integer.toString(newest)).resolve(CHECKPOINT), LONGEST_CHECKPOINT);
        return note == null
                ? Optional.empty()
                : Optional.of(keys.claim(newest, new String(note, StandardCharsets.UTF_8)));
    }

    private long shippedSize(Path place) throws IOException {
        byte[] note = ShippedFiles.read(place.resolve(CHECKPOINT), LONGEST_CHECKPOINT);
        return note == null
                ? 0
                : keys.claim(1, new String(note, StandardCharsets.UTF_8)).size();
    }
}
