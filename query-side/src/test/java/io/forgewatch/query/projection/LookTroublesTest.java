package io.forgewatch.query.projection;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class LookTroublesTest {

    private static final ViewName ALARMS = new ViewName("alarms", 3);
    private static final ViewName WARNINGS = new ViewName("warnings", 5);

    private final AtomicLong clock = new AtomicLong();
    private final LookTroubles troubles = new LookTroubles(clock::get);
    private final Logger logger = (Logger) LoggerFactory.getLogger(LookTroubles.class);
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private final Level before = logger.getLevel();

    @BeforeEach
    void listen() {
        logger.setLevel(Level.INFO);
        lines.start();
        logger.addAppender(lines);
    }

    @AfterEach
    void leave() {
        logger.detachAppender(lines);
        logger.setLevel(before);
    }

    private void looks(Throwable failure) {
        for (int n = 0; n < 100; n++) {
            troubles.met(n % 2 == 0 ? ALARMS : WARNINGS, failure);
        }
    }

    private List<Level> levels() {
        return lines.list.stream().map(ILoggingEvent::getLevel).toList();
    }

    @Test
    void given_a_topic_that_is_not_made_yet_when_views_look_then_one_line_that_is_no_warning_until_a_minute_is_over() {
        looks(new UnknownTopicOrPartitionException());
        assertThat(levels()).containsExactly(Level.INFO);

        clock.addAndGet(Duration.ofMinutes(1).toNanos());
        looks(new UnknownTopicOrPartitionException());

        assertThat(levels()).containsExactly(Level.INFO, Level.WARN);
        assertThat(lines.list.getLast().getFormattedMessage()).contains("100 looks");
    }

    @Test
    void given_brokers_that_do_not_answer_when_views_look_then_one_warning_with_its_cause() {
        looks(new TimeoutException("no answer"));

        assertThat(levels()).containsExactly(Level.WARN);
        assertThat(lines.list.getFirst().getThrowableProxy().getMessage()).isEqualTo("no answer");
    }
}
