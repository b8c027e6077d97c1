package io.forgewatch.stack.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a {@code kill -9} of our process leaves behind. {@code pg_ctl} puts the postmaster into a session of its own, so it
 * survives even when the whole process group is killed, still holding its port and its data folder; and after the death of a
 * postmaster, backends may live on for a moment while they end their work. A postmaster and all its children work in the data
 * folder (that is their current directory): by that they are told from a stranger who was given the same process id after a
 * restart of the machine.
 */
final class OrphanedPostgres {

    private static final Logger LOG = LoggerFactory.getLogger(OrphanedPostgres.class);
    private static final int PATIENCE_SECONDS = 30;
    private static final long LOOK_MILLIS = 100;

    private final PostgresCommand command;
    private final Path data;
    private final Path pidFile;

    OrphanedPostgres(PostgresCommand command, Path data) {
        this.command = command;
        this.data = data;
        this.pidFile = data.resolve("postmaster.pid");
    }

    /**
     * Stops whatever still runs on the data folder and removes a stale {@code postmaster.pid}. Whoever calls it holds the lock of
     * the folder, so nothing that it finds belongs to a live stack.
     *
     * @return whether anything was found
     */
    boolean endIt() throws IOException, InterruptedException {
        if (!Files.exists(pidFile)) {
            return false;
        }
        Optional<ProcessHandle> postmaster = postmaster();
        if (postmaster.isPresent()) {
            LOG.warn(
                    "PostgreSQL of an earlier run is still alive as process {}: stopping it",
                    postmaster.get().pid());
            stop(postmaster.get());
        }
        for (ProcessHandle backend : onDataFolder()) {
            if (!ended(backend, PATIENCE_SECONDS)) {
                backend.destroyForcibly();
            }
        }
        // PostgreSQL itself would take any living process with that id for a postmaster and refuse to start.
        Files.deleteIfExists(pidFile);
        return true;
    }

    private void stop(ProcessHandle postmaster) throws IOException, InterruptedException {
        for (String mode : List.of("fast", "immediate")) {
            command.run(
                    "pg_ctl",
                    List.of("-D", data.toString(), "-m", mode, "-w", "-t", String.valueOf(PATIENCE_SECONDS), "stop"));
            if (ended(postmaster, 1)) {
                return;
            }
        }
        postmaster.destroyForcibly();
        if (!ended(postmaster, PATIENCE_SECONDS)) {
            throw new IOException("PostgreSQL of an earlier run, process " + postmaster.pid() + ", does not end");
        }
    }

    /** The postmaster that the pid file names, if it lives and works here. */
    Optional<ProcessHandle> postmaster() throws IOException {
        if (!Files.exists(pidFile)) {
            return Optional.empty();
        }
        List<String> lines = Files.readAllLines(pidFile);
        if (lines.isEmpty() || !lines.getFirst().strip().matches("\\d{1,10}")) {
            return Optional.empty();
        }
        return ProcessHandle.of(Long.parseLong(lines.getFirst().strip()))
                .filter(ProcessHandle::isAlive)
                .filter(this::worksOnDataFolder);
    }

    private List<ProcessHandle> onDataFolder() {
        return ProcessHandle.allProcesses()
                .filter(process -> process.pid() != ProcessHandle.current().pid())
                .filter(this::worksOnDataFolder)
                .toList();
    }

    private boolean worksOnDataFolder(ProcessHandle process) {
        boolean postgres = process.info()
                .command()
                .map(path -> path.endsWith("postgres") || path.endsWith("postgres (deleted)"))
                .orElse(false);
        Path directory = Path.of("/proc", String.valueOf(process.pid()), "cwd");
        if (!Files.exists(Path.of("/proc/self/cwd"))) {
            return postgres;
        }
        try {
            return postgres && Files.readSymbolicLink(directory).equals(data.toRealPath());
        } catch (IOException ended) {
            return false;
        }
    }

    /**
     * Waits for the end of a process. One that has ended but is not yet collected by its parent (which for an orphan is process 1,
     * and in a container that may never happen) still counts as alive for the JVM, but works in no folder any more.
     */
    boolean ended(ProcessHandle process, int seconds) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        do {
            try {
                process.onExit().get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
                return true;
            } catch (TimeoutException | ExecutionException alive) {
                if (!worksOnDataFolder(process)) {
                    return true;
                }
            }
        } while (System.nanoTime() < deadline);
        return false;
    }
}
