package io.forgewatch.stack.bare;

import io.forgewatch.command.detection.DetectionClients;
import io.forgewatch.command.gateway.FrameProducer;
import io.forgewatch.command.gateway.TelemetryTopics;
import io.forgewatch.command.relay.EventProducer;
import io.forgewatch.query.projection.EventConsumer;
import io.forgewatch.stack.RunFile;
import io.forgewatch.stack.StackException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A breach's way from the frame to the stream over the brokers and servers of a running stack and by the settings of our own clients,
 * but without JSON, decisions or batching: bytes are written to a topic with fsync and read, twice; three rows are committed, each
 * after the notice of the one before; an event is written to a topic and read; a document is put; an event goes out over HTTP.
 */
public final class BareChain implements AutoCloseable {

    /** Its parts, in order, as {@link #stages} tells them. */
    public static final List<String> STAGES = List.of(
            "frames' topic",
            "signals' topic",
            "commit 1",
            "commit 2",
            "commit 3",
            "events' topic",
            "document",
            "stream");

    private final Deque<Hop> hops = new ArrayDeque<>();
    private final Map<Long, Trip> trips = new ConcurrentHashMap<>();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private final Hop first;

    private BareChain(RunFile run, ChainBytes bytes) throws Exception {
        String kafka = run.kafka();
        Hop stream = opened(new StreamHop(bytes.warning(), this::passed, this::broken));
        Hop document = opened(new DocumentHop(run.mongodb(), bytes.warning(), then(stream), this::broken));
        Hop events = opened(new KafkaHop(
                TwinTopic.of(kafka, ChainBytes.EVENTS, "bare.events"),
                bytes.envelope(),
                EventProducer.settings(kafka),
                EventConsumer.settings(kafka),
                then(document),
                this::broken));
        Hop commits = opened(new CommitHops(run.postgres(), bytes.rows(), this::passed, events::send, this::broken));
        Hop signals = opened(new KafkaHop(
                TwinTopic.of(kafka, TelemetryTopics.SIGNALS, "bare.signals"),
                bytes.signal(),
                DetectionClients.signalProducer(kafka),
                DetectionClients.signalConsumer(kafka),
                then(commits),
                this::broken));
        this.first = opened(new KafkaHop(
                TwinTopic.of(kafka, TelemetryTopics.TELEMETRY, "bare.frames"),
                bytes.frame(),
                FrameProducer.settings(kafka),
                DetectionClients.frameConsumer(kafka),
                then(signals),
                this::broken));
    }

    /** Beside a stack that has told of a breach already; what is carried is as long as that. Once a stack. */
    public static BareChain beside(RunFile run) throws Exception {
        return new BareChain(run, ChainBytes.of(run));
    }

    /** Sets one on its way. */
    public void send(long number) {
        trips.put(number, new Trip());
        first.send(number);
    }

    /**
     * How long a message took, in microseconds; empty before it has come through.
     *
     * @throws StackException when the chain is broken
     */
    public OptionalLong micros(long number) {
        Throwable why = failure.get();
        if (why != null) {
            throw new StackException("The bare chain is broken: " + why, why);
        }
        Trip trip = trips.get(number);
        return trip == null ? OptionalLong.empty() : trip.whole();
    }

    /** What a message that came through took in each of {@link #STAGES}, in microseconds. */
    public List<Long> stages(long number) {
        Trip trip = trips.get(number);
        return trip == null ? List.of() : trip.stages();
    }

    private <H extends Hop> H opened(H hop) {
        hops.push(hop);
        return hop;
    }

    private Hop.Next then(Hop next) {
        return number -> {
            passed(number);
            next.send(number);
        };
    }

    private void passed(long number) {
        Trip trip = trips.get(number);
        // What somebody else left in a topic is none of ours.
        if (trip != null) {
            trip.mark();
        }
    }

    private void broken(Throwable why) {
        failure.compareAndSet(null, why);
    }

    @Override
    public void close() {
        while (!hops.isEmpty()) {
            hops.pop().close();
        }
    }

    /** When one was sent and went through each part. */
    private static final class Trip {

        private final long[] marks = new long[STAGES.size() + 1];
        private int passed;

        private Trip() {
            mark();
        }

        synchronized void mark() {
            if (passed < marks.length) {
                marks[passed++] = System.nanoTime();
            }
        }

        synchronized OptionalLong whole() {
            return passed < marks.length
                    ? OptionalLong.empty()
                    : OptionalLong.of((marks[passed - 1] - marks[0]) / 1_000);
        }

        synchronized List<Long> stages() {
            List<Long> stages = new ArrayList<>();
            for (int i = 1; i < passed; i++) {
                stages.add((marks[i] - marks[i - 1]) / 1_000);
            }
            return List.copyOf(stages);
        }
    }
}
