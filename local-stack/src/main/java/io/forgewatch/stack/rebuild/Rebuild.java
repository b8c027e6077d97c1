package io.forgewatch.stack.rebuild;

import io.forgewatch.stack.RunFile;
import io.forgewatch.stack.StackException;
import io.forgewatch.stack.UsageException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;

/**
 * {@code ./forgewatch rebuild NAME|all|kafka}: has the running query side build views anew, one after the other, and shows how far
 * each is; with {@code kafka} after the copy of the events that they are made from, when that is of another history. The work is done there: whoever ends this only ends the watching, and calling it again watches on.
 */
public final class Rebuild {

    private static final String ALL = "all";
    private static final String COPY = "kafka";
    private static final long LOOK_MILLIS = 500;
    private static final int LINES_EVERY = 10;
    private static final int UNSEEN_LOOKS = 40;
    private static final int STILL_LOOKS = 120;

    private final ProjectionsApi projections;
    private final PrintStream out;
    private final boolean terminal;

    private Rebuild(ProjectionsApi projections, PrintStream out, boolean terminal) {
        this.projections = projections;
        this.out = out;
        this.terminal = terminal;
    }

    /**
     * Rebuilds and returns when the new generations serve.
     *
     * @param name of a view, {@code all}, or {@code kafka}
     * @param runFile of the running stack
     * @param terminal whether a line can be written over
     * @throws UsageException when there is no such view; it names those there are
     * @throws StackException when nothing runs, or a new generation does not take over
     */
    public static void of(String name, Path runFile, PrintStream out, boolean terminal)
            throws IOException, InterruptedException {
        if (!Files.exists(runFile)) {
            throw new StackException(
                    "Nothing runs here: there is no " + runFile + ". Start it with './forgewatch run'.");
        }
        RunFile run = RunFile.read(runFile);
        if (ProcessHandle.of(run.pid()).isEmpty()) {
            throw new StackException("Nothing runs here: " + runFile + " names process " + run.pid()
                    + ", which has ended without taking leave. Start it with './forgewatch run'.");
        }
        new Rebuild(new ProjectionsApi(run), out, terminal).rebuild(name);
    }

    private void rebuild(String name) throws IOException, InterruptedException {
        List<String> names = projections.names();
        if (name.equals(COPY)) {
            out.println(
                    projections.writeCopyAnew()
                            ? "Kafka's copy of the events is written anew; the views follow."
                            : "Kafka's copy is as the store is; once it is complete the views are made from it.");
            watchCopy();
            rebuild(ALL);
            return;
        }
        if (!name.equals(ALL) && !names.contains(name)) {
            throw new UsageException("There is no view '" + name + "'. There are: " + String.join(", ", names)
                    + "; or 'all' of them; or 'kafka'.");
        }
        for (String one : name.equals(ALL) ? names : List.of(name)) {
            watch(one, projections.rebuild(one));
        }
    }

    /** Until all is there that was when it began: a view that took over before would lack the rest. */
    private void watchCopy() throws IOException, InterruptedException {
        RebuildLine line = new RebuildLine(COPY);
        long events = projections.copy().required("events").asLong();
        long reached = 0;
        int still = 0;
        for (int look = 0; ; look++) {
            JsonNode copy = projections.copy();
            long copied = copy.required("copied").asLong();
            if (!copy.required("stray").isNull()) {
                throw new StackException(copy.required("stray").required("en").asString());
            }
            boolean done = copied >= events;
            double part = events == 0 ? 1 : Math.min(1, (double) copied / events);
            show(line.at(copied, part, System.nanoTime()), done || look % LINES_EVERY == 0);
            if (done) {
                out.println();
                return;
            }
            still = copied > reached ? 0 : still + 1;
            reached = Math.max(reached, copied);
            if (still > STILL_LOOKS) {
                throw new StackException("Nothing more is written to Kafka's copy: it has " + copied + " of " + events
                        + " events. Is a command side running that leads the relay? Call this again once it goes on.");
            }
            rest();
        }
    }

    private void watch(String name, int build) throws IOException, InterruptedException {
        RebuildLine line = new RebuildLine(name);
        int unseen = 0;
        for (int look = 0; ; look++) {
            JsonNode view = projections.view(name).orElseThrow(() -> new StackException(name + " is gone"));
            long position = view.required("position").asLong();
            if (view.required("build").asInt() >= build) {
                show(line.at(position, 1, System.nanoTime()), true);
                out.println();
                return;
            }
            // For a moment one that stopped may be shown that this one has replaced.
            Optional<JsonNode> building = view.optional("building")
                    .filter(node -> !node.isNull() && node.required("build").asInt() == build);
            refuseWhatFailed(name, view, building);
            unseen = building.isPresent() ? 0 : unseen + 1;
            if (unseen > UNSEEN_LOOKS) {
                throw new StackException(name + " is not being built any more: somebody began another rebuild.");
            }
            if (building.isPresent()) {
                show(
                        line.at(
                                building.get().required("position").asLong(),
                                building.get().required("done").asDouble(),
                                System.nanoTime()),
                        look % LINES_EVERY == 0);
            }
            rest();
        }
    }

    private static void rest() throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
    }

    private static void refuseWhatFailed(String name, JsonNode view, Optional<JsonNode> building) {
        Optional<String> stopped = building.flatMap(node -> text(node, "stopped"));
        if (stopped.isPresent()) {
            throw new StackException("The rebuild of " + name + " stopped: " + stopped.get());
        }
        if (view.required("building").isNull() && text(view, "givenUp").isPresent()) {
            throw new StackException("The rebuild of " + name + " is given up: "
                    + text(view, "givenUp").orElseThrow());
        }
    }

    private static Optional<String> text(JsonNode node, String field) {
        return node.optional(field).filter(value -> !value.isNull()).map(JsonNode::asString);
    }

    /** Over the last line where that works, else as a line of its own now and then. */
    private void show(String line, boolean milestone) {
        if (terminal) {
            out.print("\r" + line + " ".repeat(12));
        } else if (milestone) {
            out.println(line);
        }
        out.flush();
    }
}
