package io.forgewatch.stack.contract;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A copy of {@code openapi/} with the packages of its lock file and the generated clients, where its tools are run. */
final class NodeFolder {

    private static final Pattern VERSION = Pattern.compile("v(\\d+)\\.(\\d+)\\..*");

    /** What npm says when the registry cannot be reached or lets nobody in; all else that it says is a fault of ours. */
    private static final Pattern NO_REGISTRY =
            Pattern.compile("ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|"
                    + "ERR_SOCKET_TIMEOUT|ENOTCACHED|E401|E403|E407|E429|E50[0-9]");

    /** What a program said, and how it ended. */
    record Ended(int code, String said) {}

    private final Path folder;

    private NodeFolder(Path folder) {
        this.folder = folder;
    }

    /** Skips the test where there is no Node 20.19, or no way to the packages. */
    static NodeFolder prepared(Path openapi, Path clients, Path folder) throws Exception {
        NodeFolder made = new NodeFolder(folder.toAbsolutePath());
        assumeTrue(isThere("npm") && isThere("node"), "Skipped: there is no npm on the PATH (Node.js 20.19 or newer)");
        Files.createDirectories(folder);
        String version = made.run(Duration.ofMinutes(1), Map.of(), "node", "--version")
                .said()
                .strip();
        assumeTrue(isNew(version), "Skipped: Node.js is " + version + ", and 20.19 or newer is needed");
        copy(openapi, folder);
        copy(clients, folder.resolve("client"));
        Ended installed = made.run(Duration.ofMinutes(5), Map.of(), "npm", "ci", "--prefer-offline");
        assumeTrue(
                installed.code() == 0 || !NO_REGISTRY.matcher(installed.said()).find(),
                "Skipped: npm cannot reach its registry: " + installed.said());
        if (installed.code() != 0) {
            throw new IllegalStateException("npm ci: " + installed.said());
        }
        return made;
    }

    /** One of the packages' programs. */
    Ended tool(String name, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                folder.resolve("node_modules").resolve(".bin").resolve(name).toString()));
        command.addAll(Arrays.asList(arguments));
        return run(
                Duration.ofMinutes(5),
                Map.of("REDOCLY_TELEMETRY", "off", "REDOCLY_SUPPRESS_UPDATE_NOTICE", "true", "CI", "true"),
                command.toArray(String[]::new));
    }

    Ended node(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("node"));
        command.addAll(Arrays.asList(arguments));
        return run(Duration.ofMinutes(5), Map.of(), command.toArray(String[]::new));
    }

    private Ended run(Duration patience, Map<String, String> environment, String... command) throws Exception {
        Path output = Files.createTempFile("forgewatch-node", ".out");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException(
                        String.join(" ", command) + " does not end: " + Files.readString(output));
            }
            return new Ended(process.exitValue(), Files.readString(output));
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            Files.delete(output);
        }
    }

    private static boolean isThere(String program) {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    private static boolean isNew(String version) {
        Matcher numbers = VERSION.matcher(version);
        if (!numbers.matches()) {
            return false;
        }
        int major = Integer.parseInt(numbers.group(1));
        return major > 20 || (major == 20 && Integer.parseInt(numbers.group(2)) >= 19);
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
                    throws IOException {
                if (directory.endsWith("node_modules")) {
                    return FileVisitResult.SKIP_SUBTREE;
                }
                Files.createDirectories(to.resolve(from.relativize(directory)));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.copy(file, to.resolve(from.relativize(file)), StandardCopyOption.REPLACE_EXISTING);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
