package io.forgewatch.stack.trial;

import io.forgewatch.command.CommandSide;
import io.forgewatch.query.QuerySide;
import io.forgewatch.stack.Folders;
import io.forgewatch.stack.LocalStack;
import io.forgewatch.stack.Progress;
import io.forgewatch.stack.RunFile;
import io.forgewatch.stack.Sides;
import io.forgewatch.stack.StackException;
import io.forgewatch.stack.StackOptions;
import io.forgewatch.stack.StackPort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The whole house in a folder of the trial's own, on free ports, without the demonstration; it may be stopped and started again. */
final class TrialStack implements AutoCloseable {

    private final StackOptions options;
    private final Progress progress;
    private LocalStack.@Nullable Started started;

    private TrialStack(StackOptions options, Progress progress) {
        this.options = options;
        this.progress = progress;
    }

    /** Nothing runs yet. */
    static TrialStack in(StackOptions beside, String trial, Progress progress) throws IOException {
        Path home = beside.home().resolve("trial").resolve(trial);
        Folders.delete(home);
        Map<StackPort, Integer> ports = new EnumMap<>(StackPort.class);
        for (StackPort port : StackPort.values()) {
            ports.put(port, freePort());
        }
        return new TrialStack(
                new StackOptions(home, beside.programs(), ports, false, false, Optional.empty()), progress);
    }

    int port(StackPort port) {
        return options.port(port);
    }

    /** @param changed properties of the command side that are other than usual, made of the usual ones */
    void start(Changed changed) throws Exception {
        start(changed, usual -> Map.of());
    }

    /**
     * Starts it.
     *
     * @param command properties of the command side that are other than usual
     * @param query those of the query side
     */
    void start(Changed command, Changed query) throws Exception {
        Sides sides = new Sides(
                usual -> CommandSide.start(changed(usual, command)), usual -> QuerySide.start(changed(usual, query)));
        started = LocalStack.start(options, sides, Optional.empty(), progress);
    }

    private static Map<String, Object> changed(Map<String, Object> usual, Changed changed) {
        Map<String, Object> properties = new HashMap<>(usual);
        properties.putAll(changed.of(usual));
        return properties;
    }

    /** Where the trial may keep what is its own. */
    Path folder() {
        return options.home();
    }

    /** Properties of the command side, made of its usual ones. */
    @FunctionalInterface
    interface Changed {
        Map<String, Object> of(Map<String, Object> usual);
    }

    RunFile run() {
        if (started == null) {
            throw new IllegalStateException("The stack does not run");
        }
        return started.whereabouts();
    }

    RunFile.Account ministry() {
        RunFile.Account ministry = run().accounts().get("ministry");
        if (ministry == null) {
            throw new StackException("The stack has no account of the ministry");
        }
        return ministry;
    }

    /** All is kept for the next start. */
    void stop() {
        if (started != null) {
            started.close();
            started = null;
        }
    }

    @Override
    public void close() {
        stop();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
