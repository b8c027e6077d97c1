package io.forgewatch.command.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.reactivestreams.Publisher;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.kafka.sender.KafkaOutbound;
import reactor.kafka.sender.KafkaSender;
import reactor.kafka.sender.SenderRecord;
import reactor.kafka.sender.SenderResult;
import reactor.kafka.sender.TransactionManager;

/** Frames on their way to a client that is there, hangs, and breaks. */
@Timeout(120)
class KafkaFrameLogTest {

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final byte[] FRAME = new byte[1_000];

    private final List<Client> clients = new CopyOnWriteArrayList<>();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final KafkaFrameLog log = new KafkaFrameLog(this::next, "frames", registry);

    @AfterEach
    void close() {
        log.close();
    }

    private Client next() {
        Client client = new Client();
        clients.add(client);
        return client;
    }

    private Client client(int number) {
        await().atMost(LONG)
                .until(() -> clients.size() > number && clients.get(number).isBegun());
        return clients.get(number);
    }

    /** Takes what it is given, up to so many, and answers when the test says so. */
    private static final class Client implements KafkaSender<byte[], byte[]> {
        private final List<Handed> handed = new CopyOnWriteArrayList<>();
        private final Sinks.Many<SenderResult<?>> results =
                Sinks.many().unicast().onBackpressureBuffer();
        private volatile @Nullable BaseSubscriber<?> upstream;
        private volatile boolean closed;

        private record Handed(SenderRecord<byte[], byte[], ?> message) {}

        boolean isBegun() {
            return upstream != null;
        }

        void ask(int more) {
            Objects.requireNonNull(upstream).request(more);
        }

        void confirm(int index, long offset) {
            result(index, offset, null);
        }

        void result(int index, long offset, @Nullable Exception failure) {
            SenderRecord<byte[], byte[], ?> message = handed.get(index).message();
            TopicPartition partition = new TopicPartition(message.topic(), Objects.requireNonNull(message.partition()));
            RecordMetadata metadata = failure == null ? new RecordMetadata(partition, offset, 0, 0, 0, 0) : null;
            results.tryEmitNext(new SenderResult<Object>() {
                @Override
                public @Nullable RecordMetadata recordMetadata() {
                    return metadata;
                }

                @Override
                public @Nullable Exception exception() {
                    return failure;
                }

                @Override
                public Object correlationMetadata() {
                    return message.correlationMetadata();
                }
            });
        }

        void fail(Throwable failure) {
            results.tryEmitError(failure);
        }

        @Override
        @SuppressWarnings("unchecked")
        public <T> Flux<SenderResult<T>> send(Publisher<? extends SenderRecord<byte[], byte[], T>> records) {
            BaseSubscriber<SenderRecord<byte[], byte[], T>> subscriber = new BaseSubscriber<>() {
                @Override
                protected void hookOnSubscribe(org.reactivestreams.Subscription subscription) {
                    // Nothing is asked for before the test does.
                }

                @Override
                protected void hookOnNext(SenderRecord<byte[], byte[], T> message) {
                    handed.add(new Handed(message));
                }
            };
            return results.asFlux()
                    .map(result -> (SenderResult<T>) result)
                    .doOnSubscribe(subscription -> {
                        records.subscribe(subscriber);
                        upstream = subscriber;
                    })
                    .doFinally(signal -> subscriber.cancel());
        }

        @Override
        public <T> Flux<Flux<SenderResult<T>>> sendTransactionally(
                Publisher<? extends Publisher<? extends SenderRecord<byte[], byte[], T>>> records) {
            throw new UnsupportedOperationException();
        }

        @Override
        public TransactionManager transactionManager() {
            throw new UnsupportedOperationException();
        }

        @Override
        public KafkaOutbound<byte[], byte[]> createOutbound() {
            throw new UnsupportedOperationException();
        }

        @Override
        public <T> Mono<T> doOnProducer(Function<Producer<byte[], byte[]>, ? extends T> function) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    /** What became of a frame. */
    private static final class End {
        private volatile FrameLog.@Nullable Place place;
        private volatile @Nullable Throwable failure;

        static End of(Mono<FrameLog.Place> write) {
            End end = new End();
            write.subscribe(place -> end.place = place, failure -> end.failure = failure);
            return end;
        }
    }

    private static int partition(Client client, int index) {
        return Objects.requireNonNull(client.handed.get(index).message().partition());
    }

    private End write(int number) {
        return End.of(log.write("GT370211%04d".formatted(number), FRAME, 0));
    }

    @Test
    void given_a_frame_when_it_is_confirmed_then_its_place_is_told_and_nothing_is_missed() {
        Client client = client(0);
        client.ask(10);
        End end = write(1);
        await().atMost(LONG).until(() -> client.handed.size() == 1);
        assertThat(log.unconfirmed()).isPositive();

        client.confirm(0, 17);

        await().atMost(LONG).until(() -> end.place != null);
        assertThat(end.place).isEqualTo(new FrameLog.Place(partition(client, 0), 17));
        assertThat(log.unconfirmed()).isZero();
        assertThat(log.queued()).isZero();
    }

    @Test
    void given_a_client_that_takes_nothing_when_frames_come_without_end_then_records_and_bytes_are_bounded() {
        client(0);
        List<End> ends = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
            ends.add(write(i));
        }

        assertThat(log.queued()).isEqualTo(2_048);
        assertThat(ends.stream().filter(end -> end.failure instanceof FrameLog.NotWrittenException))
                .hasSize(5_000 - 2_048);

        End large = End.of(log.write("GT3702110001", new byte[40 << 20], 0));
        assertThat(large.failure).isInstanceOf(FrameLog.NotWrittenException.class);
    }

    @Test
    void
            given_frames_that_nobody_waits_for_any_more_when_the_client_asks_again_then_they_count_until_then_and_are_not_sent() {
        Client client = client(0);
        End first = write(1);
        client.ask(1);
        await().atMost(LONG).until(() -> client.handed.size() == 1);
        End second = write(2);

        await().atMost(LONG).until(() -> first.failure != null && second.failure != null);
        assertThat(first.failure).isInstanceOf(FrameLog.UndecidedException.class);
        assertThat(second.failure).isInstanceOf(FrameLog.NotWrittenException.class);
        assertThat(log.queued()).as("memory is held for both").isEqualTo(2);

        client.result(0, 0, new TimeoutException());
        client.ask(100);
        End third = write(3);
        await().atMost(LONG).until(() -> client.handed.size() == 2);
        client.confirm(1, 5);
        await().atMost(LONG).until(() -> third.place != null);
        assertThat(log.queued()).isZero();
        assertThat(registry.counter("forgewatch.frames.dropped").count()).isEqualTo(1);
    }

    @Test
    void given_a_partition_that_just_stalls_when_frames_flood_in_then_the_others_have_their_room_from_the_start() {
        Client client = client(0);
        client.ask(1);
        for (int i = 0; i < 3_000; i++) {
            write(1);
        }

        assertThat(log.queued()).isLessThanOrEqualTo(512);
        await().atMost(LONG).until(() -> client.handed.size() == 1);
        End other = End.of(log.pulse((partition(client, 0) + 1) % TelemetryTopics.PARTITIONS, 0));
        assertThat(other.failure).isNull();
    }

    @Test
    void given_a_partition_that_confirms_nothing_when_frames_come_then_few_try_it_and_the_others_have_their_room() {
        Client client = client(0);
        client.ask(1_000);
        write(1);
        await().atMost(LONG).until(() -> client.handed.size() == 1);
        await().atMost(LONG).until(() -> log.unconfirmed().compareTo(KafkaFrameLog.AWAY_AFTER) > 0);

        for (int i = 0; i < 3_000; i++) {
            write(1);
        }

        assertThat(log.queued()).isLessThanOrEqualTo(16);
        int partition = partition(client, 0);
        End other = End.of(log.pulse((partition + 1) % TelemetryTopics.PARTITIONS, 0));
        assertThat(other.failure).isNull();
    }

    @Test
    void given_an_error_that_ends_the_sender_when_frames_come_again_then_another_sender_takes_them() {
        Client client = client(0);
        client.ask(10);
        End handed = write(1);
        await().atMost(LONG).until(() -> client.handed.size() == 1);

        client.fail(new AuthenticationException("expired"));

        await().atMost(LONG).until(() -> handed.failure != null);
        assertThat(handed.failure).isInstanceOf(FrameLog.UndecidedException.class);
        Client another = client(1);
        another.ask(10);
        End fresh = End.of(Mono.defer(() -> log.write("GT3702110001", FRAME, 0))
                .retryWhen(reactor.util.retry.Retry.fixedDelay(100, Duration.ofMillis(50))));
        await().atMost(LONG).until(() -> !another.handed.isEmpty());
        another.confirm(0, 3);
        await().atMost(LONG).until(() -> fresh.place != null);
        await().atMost(LONG).until(() -> client.closed);
        assertThat(log.queued()).isZero();
    }

    @Test
    void given_a_frame_whose_fate_is_unknown_when_a_later_one_is_confirmed_then_its_place_is_told() {
        Client client = client(0);
        client.ask(10);
        End lost = write(1);
        await().atMost(LONG).until(() -> client.handed.size() == 1);
        client.result(0, 0, new TimeoutException());
        await().atMost(LONG).until(() -> lost.failure != null);
        FrameLog.UndecidedException undecided = (FrameLog.UndecidedException) Objects.requireNonNull(lost.failure);
        assertThat(undecided.later()).isNull();

        write(1);
        await().atMost(LONG).until(() -> client.handed.size() == 2);
        client.confirm(1, 9);

        await().atMost(LONG).until(() -> undecided.later() != null);
        assertThat(undecided.later()).isEqualTo(new FrameLog.Place(partition(client, 0), 9));
    }

    @Test
    void given_a_client_that_cannot_be_made_when_it_can_be_again_then_frames_are_taken() {
        List<Client> made = new CopyOnWriteArrayList<>();
        int[] tries = {0};
        KafkaFrameLog late = new KafkaFrameLog(
                () -> {
                    if (tries[0]++ < 2) {
                        throw new IllegalStateException("no such host");
                    }
                    made.add(new Client());
                    return made.getLast();
                },
                "frames",
                registry);
        try {
            assertThatThrownBy(() -> late.pulse(0, 0).block(LONG)).isInstanceOf(FrameLog.NotWrittenException.class);
            await().atMost(LONG).until(() -> !made.isEmpty() && made.getFirst().isBegun());
            made.getFirst().ask(1);
            End end = End.of(late.pulse(0, 0));
            await().atMost(LONG).until(() -> made.getFirst().handed.size() == 1);
            assertThat(end.failure).isNull();
        } finally {
            late.close();
        }
    }
}
