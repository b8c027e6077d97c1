package io.forgewatch.command.transparency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.forgewatch.command.eventstore.EmbeddedStore;
import io.forgewatch.command.eventstore.StoreBed;
import io.forgewatch.log.Checkpoint;
import io.forgewatch.log.Note;
import io.forgewatch.log.ProofPlan;
import io.forgewatch.log.TileHashes;
import io.forgewatch.log.VerifierKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whether what is shipped can be verified by whoever has nothing else. */
@Timeout(180)
class ShippedFolderTest {

    @TempDir
    Path folder;

    private final String address = EmbeddedStore.newDatabase();
    private final LogKeys keys = SampleKeys.keys();

    @Test
    void given_checkpoints_of_growing_size_when_each_is_shipped_then_the_folder_alone_proves_its_root()
            throws IOException {
        try (StoreBed empty = new StoreBed(address)) {
            empty.database().ready().block(LogBed.LONG);
        }
        long before = 0;
        for (int size : List.of(1, 255, 256, 300, 66_000, 66_047)) {
            LogBed.fill(address, (int) before + 1, size);
            try (LogBed bed = new LogBed(address, folder, keys).started()) {
                await().atMost(LogBed.LONG).until(() -> bed.published() == size);
            }
            assertThat(verified()).isEqualTo(size);
            before = size;
        }
        assertThat(partialFiles()).hasSize(3);
        assertThat(leftovers()).isEmpty();
        assertThat(new io.forgewatch.log.ShippedFolder(folder).checkpoint())
                .as("the folder reads as the newest epoch's log")
                .contains(Note.parse(Files.readAllBytes(folder.resolve("1/checkpoint"))));
    }

    @Test
    void
            given_a_crash_between_tiles_and_checkpoint_when_read_then_the_older_state_is_whole_and_the_next_start_completes_it()
                    throws IOException {
        try (LogBed bed = new LogBed(address, folder, keys).started()) {
            bed.append(290);
            await().atMost(LogBed.LONG).until(() -> bed.published() == 290);
        }
        byte[] older = Files.readAllBytes(folder.resolve("1/checkpoint"));
        try (LogBed bed = new LogBed(address, folder, keys).started()) {
            bed.append(300);
            await().atMost(LogBed.LONG).until(() -> bed.published() == 590);
        }
        // As if it had ended before the checkpoint took its place: new tiles, half a file, the old checkpoint.
        Files.write(folder.resolve("1/checkpoint"), older);
        Files.writeString(folder.resolve("1/.checkpoint.part"), "forgewatch.te");
        Files.writeString(folder.resolve("1/tile/0/.002.part"), "half");
        Files.createDirectories(folder.resolve("1/tile/0/001.p"));
        Files.write(folder.resolve("1/tile/0/001.p/34"), first("1/tile/0/001", 34));
        Files.write(folder.resolve("1/tile/1/000.p/1"), first("1/tile/1/000.p/2", 1));

        assertThat(verified()).isEqualTo(290);

        try (LogBed bed = new LogBed(address, folder, keys).started()) {
            await().atMost(LogBed.LONG).until(() -> size() == 590);
            assertThat(verified()).isEqualTo(590);
            assertThat(bed.log.state()).contains(new LogState.Extending(1));
        }
    }

    private byte[] first(String tile, int width) throws IOException {
        return TileHashes.of(Files.readAllBytes(folder.resolve(tile)))
                .first(width)
                .bytes();
    }

    private long size() {
        try {
            return Checkpoint.of(Note.parse(Files.readAllBytes(folder.resolve("1/checkpoint"))))
                    .size();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The size of the checkpoint, when its keys and the tiles in the folder prove it. */
    private long verified() throws IOException {
        Path place = folder.resolve("1");
        Note note = Note.parse(Files.readAllBytes(place.resolve("checkpoint")));
        Checkpoint checkpoint = Checkpoint.of(note);
        List<VerifierKey> known = VerifierKey.parseLines(Files.readString(place.resolve("keys")));
        assertThat(known).hasSize(2);
        assertThat(Checkpoint.check(note, known)).isEqualTo(new Note.Check.Signed(known));
        assertThat(ProofPlan.root(checkpoint.size(), tile -> read(place.resolve(tile.path()))))
                .isEqualTo(checkpoint.root());
        return checkpoint.size();
    }

    private static Optional<TileHashes> read(Path file) {
        try {
            return Files.exists(file) ? Optional.of(TileHashes.of(Files.readAllBytes(file))) : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<Path> partialFiles() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().contains(".p/")).toList();
        }
    }

    private List<Path> leftovers() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".part")).toList();
        }
    }
}
