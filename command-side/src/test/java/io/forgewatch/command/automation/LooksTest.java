package io.forgewatch.command.automation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.forgewatch.command.automation.Looks.Look;
import io.forgewatch.command.risk.RiskCommand.AssessRisk;
import io.forgewatch.event.Actor;
import io.forgewatch.event.RecordedEvent;
import io.forgewatch.event.alarm.AlarmEvent.AlarmCleared;
import io.forgewatch.event.enterprise.EnterpriseId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Signal;

class LooksTest {

    private static final Instant START = Instant.parse("2026-11-24T12:00:00Z");
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Queue<Look> sent = new ConcurrentLinkedQueue<>();
    private final Looks looks = new Looks(look -> {
        sent.add(look);
        return look.command().at().equals(Instant.MAX) ? Mono.error(new IllegalStateException("away")) : Mono.empty();
    });

    @AfterEach
    void stop() {
        looks.stop();
    }

    private static Look look(String works, int number) {
        return look(works, number, START.plusMillis(number));
    }

    private static Look look(String works, int number, Instant at) {
        return new Look(
                new AssessRisk(new EnterpriseId(works), at),
                new RecordedEvent(
                        number,
                        new UUID(0, number),
                        START,
                        Actor.system("test"),
                        new AlarmCleared(works + "010001.BF_CW_P.LOW.1", null, null, null, START)),
                0);
    }

    @Test
    void given_a_thousand_of_one_works_when_asked_then_the_first_goes_at_once_and_one_answers_the_others() {
        List<Mono<Void>> asked = IntStream.rangeClosed(1, 1_000)
                .mapToObj(number -> looks.ask(look("GT3702110001", number)).cache())
                .toList();
        asked.forEach(Mono::subscribe);

        assertThat(sent).extracting(look -> look.event().position()).containsExactly(1L);
        Flux.merge(Flux.fromIterable(asked), 1_000).then().block(PATIENCE);
        assertThat(sent).extracting(look -> look.event().position()).containsExactly(1L, 1_000L);
        assertThat(sent)
                .as("the cause is the first that asked")
                .extracting(look -> look.cause().position())
                .containsExactly(1L, 2L);
    }

    @Test
    void given_one_works_that_waits_when_another_asks_then_it_is_looked_at_at_once() {
        looks.ask(look("GT3702110001", 1)).block(PATIENCE);
        Mono<Void> waits = looks.ask(look("GT3702110001", 2)).cache();
        waits.subscribe();

        looks.ask(look("GT3702110002", 3)).block(PATIENCE);

        assertThat(sent).extracting(look -> look.event().position()).containsExactly(1L, 3L);
        waits.block(PATIENCE);
    }

    @Test
    void given_a_look_that_fails_when_asked_then_all_that_share_it_hear_of_it_and_the_next_goes_on() {
        looks.ask(look("GT3702110001", 1)).block(PATIENCE);
        Mono<Signal<Void>> one =
                looks.ask(look("GT3702110001", 2)).materialize().cache();
        Mono<Signal<Void>> other =
                looks.ask(look("GT3702110001", 3, Instant.MAX)).materialize().cache();
        one.subscribe();
        other.subscribe();

        assertThat(Flux.merge(one, other).collectList().block(PATIENCE)).allMatch(Signal::isOnError);
        looks.ask(look("GT3702110001", 4)).block(PATIENCE);
    }

    @Test
    void given_it_was_stopped_when_something_waits_then_it_never_sets_out() {
        looks.ask(look("GT3702110001", 1)).block(PATIENCE);
        looks.ask(look("GT3702110001", 2)).subscribe();
        looks.stop();

        looks.ask(look("GT3702110002", 3)).subscribe();
        await().during(Looks.APART.multipliedBy(2))
                .atMost(PATIENCE)
                .until(() -> sent.stream().noneMatch(look -> look.event().position() == 2));
    }

    @Test
    void given_very_many_that_wait_for_one_look_when_asked_then_it_is_crowded_until_that_is_over() {
        looks.ask(look("GT3702110001", 1)).block(PATIENCE);
        List<Mono<Void>> asked = IntStream.rangeClosed(2, 1_025)
                .mapToObj(number -> looks.ask(look("GT3702110001", number)).cache())
                .toList();
        asked.subList(0, 1_023).forEach(Mono::subscribe);
        assertThat(looks.isCrowded(look("GT3702110001", 9).command())).isFalse();
        asked.getLast().subscribe();
        assertThat(looks.isCrowded(look("GT3702110001", 9).command())).isTrue();
        assertThat(looks.isCrowded(look("GT3702110002", 9).command())).isFalse();

        Flux.merge(Flux.fromIterable(asked), 1_024).then().block(PATIENCE);
        assertThat(looks.isCrowded(look("GT3702110001", 9).command())).isFalse();
    }
}
