package io.forgewatch.command.transparency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The program beside the transparency log's tests that checks a log with Go's {@code golang.org/x/mod/sumdb}. */
record GoVerifier(Path tools) {

    private static final Path SOURCE = Path.of("..", "transparency-log", "src", "test", "go", "checklog", "main.go");

    /** Skips the test, and says why, where Go or {@code golang.org/x/mod} is not installed. */
    static GoVerifier build(Path tools) throws Exception {
        Files.createDirectories(tools);
        GoVerifier verifier = new GoVerifier(tools);
        assumeTrue(verifier.goWorks(), "Skipped: there is no 'go' on the PATH (Debian: golang-go)");
        Optional<Path> packages = verifier.goPath();
        assumeTrue(
                packages.isPresent(), "Skipped: golang.org/x/mod is not installed (Debian: golang-golang-x-mod-dev)");
        Map<String, String> environment = Map.of(
                "GO111MODULE",
                "off",
                "GOPATH",
                packages.get().toString(),
                "GOCACHE",
                tools.resolve("cache").toString(),
                "GOFLAGS",
                "");
        assertThat(verifier.run(
                        environment,
                        "go",
                        "build",
                        "-o",
                        verifier.program(),
                        SOURCE.toAbsolutePath().toString()))
                .isEmpty();
        return verifier;
    }

    /** What it says of a folder; begins with {@code holds} when all of it does. */
    String check(Path folder, String ed25519) throws Exception {
        return run(Map.of(), program(), folder.toString(), ed25519);
    }

    private String program() {
        return tools.resolve("checklog").toString();
    }

    private boolean goWorks() throws Exception {
        try {
            return run(Map.of(), "go", "version").startsWith("go version");
        } catch (IOException e) {
            return false;
        }
    }

    /** Where Go's own settings say, or where Debian puts its packages. */
    private Optional<Path> goPath() throws Exception {
        String own = run(Map.of("GO111MODULE", "off"), "go", "env", "GOPATH").strip();
        return Stream.concat(Stream.of(own.split(File.pathSeparator)), Stream.of("/usr/share/gocode"))
                .filter(path -> !path.isBlank())
                .map(Path::of)
                .filter(path -> Files.isDirectory(path.resolve("src/golang.org/x/mod/sumdb/tlog")))
                .findFirst();
    }

    private String run(Map<String, String> environment, String... command) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        Path output = Files.createTempFile(tools, "ran", ".txt");
        Process process = builder.redirectOutput(output.toFile()).start();
        if (!process.waitFor(3, TimeUnit.MINUTES)) {
            process.destroyForcibly();
        }
        return Files.readString(output);
    }
}
