package io.forgewatch.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What we write, checked by a verifier that is not ours: Go's {@code golang.org/x/mod/sumdb}, in Debian's {@code golang-go} and
 * {@code golang-golang-x-mod-dev}. Skipped, and told so, where these are not installed.
 */
class GoVerifierTest {

    private static final String ORIGIN = "forgewatch.example/log/1";
    private static final Path SOURCE = Path.of("src", "test", "go", "checklog", "main.go");
    private static final int SIZE = 70_000;
    private static final SigningKey ED = NoteTest.key(ORIGIN, SignatureAlgorithm.ED25519);
    private static final SigningKey SM = NoteTest.key(ORIGIN, SignatureAlgorithm.SM2_SM3);

    @TempDir
    private static Path tools;

    private static Path program;

    @TempDir
    private static Path folder;

    private static Note checkpoint;

    @BeforeAll
    static void build() throws Exception {
        program = tools.resolve("checklog");
        Path source = SOURCE.toAbsolutePath();
        assumeTrue(goWorks(), "Skipped: there is no 'go' on the PATH (Debian: golang-go)");
        Optional<Path> packages = goPath();
        assumeTrue(
                packages.isPresent(), "Skipped: golang.org/x/mod is not installed (Debian: golang-golang-x-mod-dev)");
        Ran built = run(
                Map.of(
                        "GO111MODULE",
                        "off",
                        "GOPATH",
                        packages.get().toString(),
                        "GOCACHE",
                        tools.resolve("cache").toString(),
                        "GOFLAGS",
                        ""),
                "go",
                "build",
                "-o",
                program.toString(),
                source.toString());
        assertThat(built.code()).as(built.output()).isZero();
        ship();
    }

    private static void ship() {
        List<byte[]> entries = entries();
        List<Hash> leaves = entries.stream().map(Hash::leaf).toList();
        LogFiles files = new LogFiles(folder);
        ShippedFolder shipped = new ShippedFolder(folder);
        RightEdge edge = new RightEdge();
        Map<Integer, Hash> roots = new HashMap<>();
        for (Hash leaf : leaves) {
            edge.append(leaf).forEach(filled -> files.write(filled.tile(), filled.hashes()));
            if (edge.size() % 7001 == 1 || edge.size() == 65_536) {
                roots.put((int) edge.size(), edge.root());
            }
        }
        checkpoint = new Checkpoint(ORIGIN, SIZE, edge.root()).sign(List.of(ED, SM));
        files.publish(edge.partialTiles(), List.of(ED.verifierKey(), SM.verifierKey()), checkpoint);
        writeBundles(entries);
        for (int index : List.of(0, 1, 255, 256, 4711, 65_535, 65_536, SIZE - 2, SIZE - 1)) {
            TlogProof proof =
                    new TlogProof(index, ProofPlan.inclusion(index, SIZE).hashes(shipped), checkpoint);
            write("proofs/" + index + ".tlog-proof", proof.bytes());
        }
        StringBuilder consistency = new StringBuilder();
        roots.forEach((size, root) -> {
            consistency.append(size).append(' ').append(root.base64());
            ProofPlan.consistency(size, SIZE)
                    .hashes(shipped)
                    .forEach(hash -> consistency.append(' ').append(hash.base64()));
            consistency.append('\n');
        });
        write("consistency", consistency.toString().getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void given_what_we_wrote_when_go_checks_it_then_it_holds_and_a_wrong_byte_does_not() throws Exception {
        Ran right = check(ED.verifierKey());
        assertThat(right.output()).isEqualTo("holds: 70000 entries, 9 inclusion proofs, 11 consistency proofs\n");

        assertThat(check(NoteTest.key(ORIGIN, SignatureAlgorithm.ED25519).verifierKey())
                        .output())
                .contains("checkpoint");
        refusedWithAWrongByte("checkpoint", 30);
        refusedWithAWrongByte("tile/0/000", 5);
        refusedWithAWrongByte("tile/0/273.p/112", 5);
        refusedWithAWrongByte("tile/1/000", 5);
        refusedWithAWrongByte("tile/2/000.p/1", 5);
        refusedWithAWrongByte("tile/entries/100", 40);
        refusedWithAWrongByte("proofs/4711.tlog-proof", 60);
        assertThat(check(ED.verifierKey())).isEqualTo(right);
    }

    @Test
    void given_our_own_signature_line_changed_when_go_checks_it_then_refused() throws Exception {
        String note = new String(checkpoint.bytes(), StandardCharsets.UTF_8);
        int line = note.indexOf("\u2014 ");
        int middle = note.indexOf(' ', line + 2) + 40;
        char other = note.charAt(middle) == 'A' ? 'B' : 'A';
        write(
                "checkpoint",
                (note.substring(0, middle) + other + note.substring(middle + 1)).getBytes(StandardCharsets.UTF_8));
        assertThat(check(ED.verifierKey()).output()).contains("checkpoint: invalid signature");
        write("checkpoint", checkpoint.bytes());
    }

    private void refusedWithAWrongByte(String name, int place) throws Exception {
        byte[] right = Files.readAllBytes(folder.resolve(name));
        byte[] wrong = right.clone();
        wrong[place] ^= 1;
        write(name, wrong);
        Ran ran = check(ED.verifierKey());
        assertThat(ran.code()).as(name + ": " + ran.output()).isEqualTo(1);
        write(name, right);
    }

    private Ran check(VerifierKey key) throws Exception {
        return run(Map.of(), program.toString(), folder.toString(), key.encode());
    }

    private static List<byte[]> entries() {
        List<byte[]> entries = new ArrayList<>();
        for (int i = 0; i < SIZE; i++) {
            byte[] payload = ("{\"n\":" + i + "}").getBytes(StandardCharsets.UTF_8);
            entries.add(LogEntry.of(new UUID(7, i), "Counted", "1", i, List.of("n=" + i), new byte[0], payload)
                    .bytes());
        }
        return entries;
    }

    private static void writeBundles(List<byte[]> entries) {
        for (int first = 0; first < entries.size(); first += Tile.FULL) {
            EntryBundle bundle =
                    EntryBundle.in(entries.size(), first / Tile.FULL).orElseThrow();
            write(bundle.path(), EntryBundle.encode(entries.subList(first, first + bundle.width())));
        }
    }

    private static void write(String name, byte[] bytes) {
        new LogFiles(folder).write(name, bytes);
    }

    private static boolean goWorks() throws Exception {
        try {
            return run(Map.of(), "go", "version").code() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    /** Where Go's own settings say, or where Debian puts its packages. */
    private static Optional<Path> goPath() throws Exception {
        String own = run(Map.of("GO111MODULE", "off"), "go", "env", "GOPATH")
                .output()
                .strip();
        return Stream.concat(Stream.of(own.split(File.pathSeparator)), Stream.of("/usr/share/gocode"))
                .filter(path -> !path.isBlank())
                .map(Path::of)
                .filter(path -> Files.isDirectory(path.resolve("src/golang.org/x/mod/sumdb/tlog")))
                .findFirst();
    }

    private record Ran(int code, String output) {}

    private static Ran run(Map<String, String> environment, String... command) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        Path output = Files.createTempFile(tools, "ran", ".txt");
        Process process = builder.redirectOutput(output.toFile()).start();
        if (!process.waitFor(5, TimeUnit.MINUTES)) {
            process.destroyForcibly();
        }
        return new Ran(process.exitValue(), Files.readString(output));
    }
}
