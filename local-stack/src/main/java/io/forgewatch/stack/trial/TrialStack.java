package io.forgewatch.stack.trial;

import io.forgewatch.command.CommandSide;
import io.forgewatch.query.QuerySide;
import io.forgewatch.stack.Folders;
import io.forgewatch.stack.FreePort;
import io.forgewatch.stack.LocalStack;
import io.forgewatch.stack.Progress;
import io.forgewatch.stack.RunFile;
import io.forgewatch.stack.Sides;
import io.forgewatch.stack.StackException;
import io.forgewatch.stack.StackOptions;
import io.forgewatch.stack.StackPort;
import io.forgewatch.stack.instance.InstanceJvm;
import io.forgewatch.stack.instance.InstanceProcess;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * The whole house in a folder of the trial's own, on free ports, without the demonstration; it may be stopped and started again.
 * One instance of each side runs in this process, or two of each in processes of their own.
 */
final class TrialStack implements AutoCloseable {

    private final StackOptions options;
    private final Progress progress;
    private LocalStack.@Nullable Started started;
    private volatile @Nullable ConfigurableApplicationContext query;

    private TrialStack(StackOptions options, Progress progress) {
        this.options = options;
        this.progress = progress;
    }

    /** Nothing runs yet. */
    static TrialStack in(StackOptions beside, String trial, Progress progress) throws IOException {
        return in(beside, trial, 1, progress);
    }

    /**
     * Nothing runs yet.
     *
     * @param sides how many instances of each side
     */
    static TrialStack in(StackOptions beside, String trial, int sides, Progress progress) throws IOException {
        Path home = beside.home().resolve("trial").resolve(trial);
        Folders.delete(home);
        Map<StackPort, Integer> ports = new EnumMap<>(StackPort.class);
        for (StackPort port : StackPort.values()) {
            ports.put(port, FreePort.any());
        }
        return new TrialStack(
                new StackOptions(home, beside.programs(), ports, false, false, Optional.empty()).with(sides), progress);
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
     * @param ofCommand properties of the command side that are other than usual, made of the usual ones
     * @param ofQuery those of the query side
     */
    void start(Changed ofCommand, Changed ofQuery) throws Exception {
        Sides sides = options.sides() == 1
                ? new Sides(CommandSide::start, this::query)
                : InstanceProcess.sides(options.home(), InstanceJvm.likeThis(InstanceJvm.USUAL_HEAP), progress);
        started = LocalStack.start(
                options,
                new Sides(
                        usual -> sides.command().start(changed(usual, ofCommand)),
                        usual -> sides.query().start(changed(usual, ofQuery))),
                Optional.empty(),
                progress);
    }

    /** Where the query side runs in this process: what one of its gauges shows, such as {@code forgewatch.stream.listeners}. */
    double gauge(String name) {
        ConfigurableApplicationContext side = query;
        if (side == null) {
            throw new IllegalStateException("No query side runs in this process");
        }
        return side.getBean(MeterRegistry.class).get(name).gauges().stream()
                .mapToDouble(Gauge::value)
                .sum();
    }

    private AutoCloseable query(Map<String, Object> properties) {
        ConfigurableApplicationContext side = QuerySide.start(properties);
        query = side;
        return side;
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

    /** Properties of a side, made of its usual ones. */
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
}
