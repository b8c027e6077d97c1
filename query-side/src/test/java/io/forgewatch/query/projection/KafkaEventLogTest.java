package io.forgewatch.query.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.forgewatch.query.given.Broker;
import io.forgewatch.query.given.Story;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.LongStream;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;

class KafkaEventLogTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final Story STORY = new Story(Instant.parse("2026-11-24T08:00:00Z"));
    private static Broker broker;

    @BeforeAll
    static void a_broker() throws Exception {
        broker = new Broker();
        relay(5);
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    private static void relay(int events) throws Exception {
        for (int i = 0; i < events; i++) {
            broker.relay(STORY.enterprise("GT3702110001"));
        }
    }

    @Test
    void given_a_reader_from_an_offset_when_more_is_relayed_in_pieces_then_each_comes_once_in_order() throws Exception {
        KafkaEventLog log = new KafkaEventLog(broker.bootstrap(), Broker.EVENTS);
        List<Long> positions = new CopyOnWriteArrayList<>();
        Disposable reading = log.from(2)
                .concatMap(batch -> Mono.delay(Duration.ofMillis(5)).thenReturn(batch), 1)
                .subscribe(batch -> batch.forEach(event -> positions.add(event.position())));
        for (int piece = 0; piece < 10; piece++) {
            long last = STORY.position();
            Awaitility.await().atMost(PATIENCE).until(() -> positions.contains(last));
            relay(1 + piece);
        }
        long end = STORY.position();
        Awaitility.await().atMost(PATIENCE).until(() -> positions.contains(end));
        reading.dispose();

        assertThat(positions)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(3, end).boxed().toList());
    }

    @Test
    void given_a_topic_that_is_not_there_yet_when_asked_where_it_ends_then_it_fails_and_no_error_is_in_the_log() {
        KafkaEventLog log = new KafkaEventLog(broker.bootstrap(), "forgewatch.not-yet");
        Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        ListAppender<ILoggingEvent> told = new ListAppender<>();
        told.start();
        root.addAppender(told);
        try {
            assertThatThrownBy(() -> log.end().block(PATIENCE)).isInstanceOf(UnknownTopicOrPartitionException.class);
            assertThatThrownBy(() -> log.begin().block(PATIENCE)).isInstanceOf(UnknownTopicOrPartitionException.class);
        } finally {
            root.detachAppender(told);
            log.close();
        }

        assertThat(told.list)
                .filteredOn(event -> event.getLoggerName().startsWith("org.apache.kafka.clients"))
                .noneMatch(event -> event.getLevel().isGreaterOrEqual(Level.ERROR));
    }
}
