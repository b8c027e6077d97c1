package io.forgewatch.stack.postgres;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Runs PostgreSQL's programs. PostgreSQL refuses to run as root, so for root each of them runs in a user namespace of its own,
 * where it is nobody; its files still belong to root outside.
 */
final class PostgresCommand {

    private static final int LONGEST_SECONDS = 180;

    private final PostgresBinaries binaries;
    private final boolean root;

    PostgresCommand(PostgresBinaries binaries) {
        this.binaries = binaries;
        this.root = "root".equals(System.getProperty("user.name"));
    }

    /**
     * Runs a program and waits for its end.
     *
     * @return its exit code and what it wrote
     */
    Outcome run(String program, List<String> arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        if (root) {
            command.addAll(List.of("unshare", "-U"));
        }
        command.add(binaries.program(program));
        command.addAll(arguments);
        Path output = Files.createTempFile("forgewatch-postgres", ".out");
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            if (!process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IOException(program + " did not end within " + LONGEST_SECONDS + " s");
            }
            return new Outcome(
                    process.exitValue(),
                    Files.readString(output, StandardCharsets.UTF_8).strip());
        } finally {
            Files.deleteIfExists(output);
        }
    }

    /** Runs a program that must succeed. */
    void mustRun(String program, List<String> arguments) throws IOException, InterruptedException {
        Outcome outcome = run(program, arguments);
        if (outcome.exitCode() != 0) {
            String hint = root && outcome.output().contains("unshare")
                    ? " (PostgreSQL does not run as root, and user namespaces are switched off here: run as another user)"
                    : "";
            throw new IOException(program + " failed" + hint + ": " + outcome.output());
        }
    }

    record Outcome(int exitCode, String output) {}
}
