package io.forgewatch.command.gateway;

import io.forgewatch.command.connectivity.ConnectivityCommand;
import io.forgewatch.command.decision.Commands;
import io.forgewatch.command.eventstore.StoreClock;
import io.forgewatch.event.Actor;
import io.forgewatch.standing.StandingStream;
import io.forgewatch.standing.StandingStreams;
import io.forgewatch.standing.Stands;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * States what the {@link GatewayWatch} finds, beside the frames and never in their way: a look a second, few commands at once. A
 * command that fails is made again by a later look, as long as the finding holds.
 *
 * <p>All of it is found by this machine's clock. While that is not known to be right within half of what makes a gateway's a wrong one,
 * nothing is stated; once it is known to have been further off, what was found by it is forgotten, or it would be held against the
 * gateways as soon as the clock is right.
 */
final class GatewayStatements implements Stands {

    private static final Logger LOG = LoggerFactory.getLogger(GatewayStatements.class);
    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int AT_ONCE = 8;
    private static final Actor DOOR = Actor.system("door");

    private final GatewayWatch watch;
    private final Commands commands;
    private final MeterRegistry registry;
    private final Clock clock;
    private final StoreClock storeClock;
    private final StandingStream standing;

    GatewayStatements(
            GatewayWatch watch,
            Commands commands,
            MeterRegistry registry,
            Clock clock,
            StoreClock storeClock,
            StandingStreams streams) {
        this.watch = watch;
        this.commands = commands;
        this.registry = registry;
        this.clock = clock;
        this.storeClock = storeClock;
        this.standing = streams.of(
                "statements", () -> Flux.interval(LOOK).onBackpressureDrop().concatMap(tick -> look(), 1));
    }

    @Override
    public List<StandingStream> standing() {
        return List.of(standing);
    }

    /** States all that is to be stated now; never fails. */
    Mono<Void> look() {
        return Flux.defer(() -> Flux.fromIterable(toState()))
                .flatMap(this::state, AT_ONCE)
                .count()
                .doOnNext(failed -> {
                    if (failed > 0) {
                        LOG.warn("{} statements about gateways could not be made; they are made again", failed);
                    }
                })
                .doOnError(failure -> LOG.error("A look at the gateways failed", failure))
                .onErrorComplete()
                .then();
    }

    private List<ConnectivityCommand> toState() {
        if (storeClock.misjudges()) {
            watch.interrupted();
        }
        return storeClock.canJudge() ? watch.toState(clock.instant().truncatedTo(ChronoUnit.MILLIS)) : List.of();
    }

    /** Tells failures only. */
    private Mono<Throwable> state(ConnectivityCommand statement) {
        return commands.send(statement, DOOR, null)
                .timeout(PATIENCE)
                .doOnNext(answer -> counted("made"))
                .then(Mono.<Throwable>empty())
                .onErrorResume(failure -> {
                    counted("failed");
                    LOG.debug("{} could not be stated", statement, failure);
                    return Mono.just(failure);
                });
    }

    private void counted(String outcome) {
        registry.counter("forgewatch.gateway.statements", "outcome", outcome).increment();
    }
}
