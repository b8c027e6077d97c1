package io.forgewatch.command.detection;

import io.forgewatch.command.alarm.OpenAlarms;
import io.forgewatch.command.fixture.SmallPlant;
import io.forgewatch.command.security.SecretSeal;
import io.forgewatch.command.telemetry.PlantDirectory;
import io.forgewatch.event.telemetry.FrameWriter;
import io.forgewatch.event.telemetry.Pulse;
import io.forgewatch.standing.StandingStreams;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.Punctuator;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import reactor.core.publisher.Flux;

/** Detection of one partition, without Streams around it: what comes, and the clock, are the test's. */
final class OnePartition {

    final PlantDirectory directory = new PlantDirectory(secret -> SmallPlant.SECRET);
    final Unjudged unjudged = new Unjudged();
    final Map<String, byte[]> stored = new TreeMap<>();
    final List<Signal> said = new ArrayList<>();
    long now = Watched.T0;

    private final SmallPlant plant = new SmallPlant(new SecretSeal(new byte[32]));
    private Detection detection = detection();
    private Punctuator tick = at -> {};
    private long sequence;

    OnePartition() {
        plant.after(0).take(7).doOnNext(event -> directory.take(event.event())).blockLast();
    }

    private Detection detection() {
        return new Detection(
                directory,
                new OpenAlarms(
                        plant,
                        (position, key, endings) -> Flux.empty(),
                        new StandingStreams(new SimpleMeterRegistry())),
                new DetectionMetrics(new SimpleMeterRegistry()),
                unjudged);
    }

    /** Another instance has it from now on, which knows only what is stored of it. */
    void passedOn() {
        detection.close();
        detection = detection();
        taken();
    }

    /** The partition is taken over, with what is stored of it. */
    OnePartition taken() {
        detection.init(context());
        return this;
    }

    void given(String device, byte[] states) {
        stored.put(device, states);
    }

    void close() {
        detection.close();
    }

    /** A reading comes, stamped by a door whose clock is so much ahead. */
    OnePartition read(long doorAhead, String device, String indicator, double value) {
        long stamp = now + doorAhead;
        FrameWriter writer = new FrameWriter(stamp);
        writer.add(writer.device(bytes(device)), writer.indicator(bytes(indicator)), stamp, value, (byte) 0);
        return take(writer.write(device.substring(0, 12), device.substring(0, 12) + "-G1", ++sequence, new byte[32]));
    }

    /** Time goes on, in the steps of the timer, with a pulse every second. */
    OnePartition pass(long millis) {
        for (long until = now + millis; now < until; now += 100) {
            if ((now - Watched.T0) % 1_000 == 0) {
                take(new Pulse(now).bytes());
            }
            tick.punctuate(now);
        }
        return this;
    }

    private OnePartition take(byte[] value) {
        detection.process(new Record<>(new byte[0], value, now));
        return this;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @SuppressWarnings("unchecked")
    private ProcessorContext<byte[], byte[]> context() {
        return (ProcessorContext<byte[], byte[]>) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {ProcessorContext.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "currentSystemTimeMs" -> now;
                    case "getStateStore" -> store();
                    case "schedule" -> {
                        tick = (Punctuator) arguments[2];
                        yield (Cancellable) () -> {};
                    }
                    case "forward" -> {
                        said.add(Signal.of(((Record<byte[], byte[]>) arguments[0]).value()));
                        yield null;
                    }
                    case "recordMetadata" -> Optional.empty();
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    @SuppressWarnings("unchecked")
    private KeyValueStore<String, byte[]> store() {
        return (KeyValueStore<String, byte[]>) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {KeyValueStore.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "all" -> iterator();
                    case "get" -> stored.get((String) arguments[0]);
                    case "put" -> {
                        stored.put((String) arguments[0], (byte[]) arguments[1]);
                        yield null;
                    }
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    private KeyValueIterator<String, byte[]> iterator() {
        Iterator<Map.Entry<String, byte[]>> all = List.copyOf(stored.entrySet()).iterator();
        return new KeyValueIterator<>() {
            @Override
            public boolean hasNext() {
                return all.hasNext();
            }

            @Override
            public KeyValue<String, byte[]> next() {
                Map.Entry<String, byte[]> one = all.next();
                return KeyValue.pair(one.getKey(), one.getValue());
            }

            @Override
            public String peekNextKey() {
                throw new UnsupportedOperationException();
            }

            @Override
            public void close() {}
        };
    }
}
