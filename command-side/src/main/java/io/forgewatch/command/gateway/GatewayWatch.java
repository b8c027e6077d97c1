package io.forgewatch.command.gateway;

import io.forgewatch.command.connectivity.ConnectivityCommand;
import io.forgewatch.command.connectivity.ConnectivityCommand.ReportBehind;
import io.forgewatch.command.connectivity.ConnectivityCommand.ReportCaughtUp;
import io.forgewatch.command.connectivity.ConnectivityCommand.ReportClockRight;
import io.forgewatch.command.connectivity.ConnectivityCommand.ReportClockWrong;
import io.forgewatch.command.telemetry.Gateway;
import io.forgewatch.command.telemetry.PlantDirectory;
import io.forgewatch.event.telemetry.GatewayId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the clocks and the lag of gateways by their frames, and says what is to be stated: whatever differs from what the
 * events say so far. So a statement that got lost is made again, and one that another instance made is not. In memory there is
 * at most one standing a gateway that there is.
 */
final class GatewayWatch {

    private static final Duration NOT_AGAIN_FOR = Duration.ofSeconds(30);
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,19}");

    private final PlantDirectory directory;
    private final SequenceMemory memory;
    private final LongSupplier jitterMillis;
    private final Map<String, GatewayStanding> standings = new ConcurrentHashMap<>();
    /** Until when a thing is not stated again; only of those that were, and did not become so yet. */
    private final Map<Topic, Instant> quietUntil = new ConcurrentHashMap<>();

    private enum Matter {
        CLOCK,
        LAG
    }

    private record Topic(String gatewayId, Matter matter) {}

    /** @param jitterMillis added to the time after which a thing is stated again */
    GatewayWatch(PlantDirectory directory, SequenceMemory memory, LongSupplier jitterMillis) {
        this.directory = directory;
        this.memory = memory;
        this.jitterMillis = jitterMillis;
    }

    /** A frame is on disk. */
    void accepted(Gateway gateway, long arrivedAt, ClockOffset offset, ReadingTimes times) {
        change(gateway, standing -> standing.accepted(arrivedAt, offset, times));
    }

    /**
     * A frame is refused for its clock, though its signature is good. One whose number was used is not heeded: whoever recorded a
     * frame can send it again.
     *
     * @param nonce the frame's number
     * @param digest of the body that was signed, or null where there is none
     */
    void skewed(Gateway gateway, String nonce, byte @Nullable [] digest, long at, ClockOffset offset) {
        if (digest != null && isNew(gateway, nonce, digest)) {
            change(gateway, standing -> standing.skewed(at, offset));
        }
    }

    private boolean isNew(Gateway gateway, String nonce, byte[] digest) {
        if (!NUMBER.matcher(nonce).matches()) {
            return false;
        }
        try {
            return memory.of(gateway.id()).canBeNew(Long.parseLong(nonce), BodyDigest.of(digest));
        } catch (NumberFormatException tooLarge) {
            return false;
        }
    }

    /** A frame was answered with 503: nothing of it counts, and what is old because of it doesn't either. */
    void interrupted(Gateway gateway) {
        standings.computeIfPresent(gateway.id(), (id, standing) -> standing.interrupted());
    }

    /** Nothing counts of what any of them sent: it was held against a clock that was wrong. */
    void interrupted() {
        standings.replaceAll((id, standing) -> standing.interrupted());
    }

    private void change(Gateway gateway, UnaryOperator<GatewayStanding> change) {
        standings.compute(
                gateway.id(), (id, before) -> change.apply(before == null ? GatewayStanding.UNKNOWN : before));
    }

    /** What is to be stated now; each is not named again for half a minute. Called by one thread at a time. */
    List<ConnectivityCommand> toState(Instant now) {
        List<ConnectivityCommand> statements = new ArrayList<>();
        standings.forEach((id, standing) -> {
            Gateway gateway = directory.gateway(id);
            if (gateway == null) {
                standings.remove(id);
                return;
            }
            add(statements, new Topic(id, Matter.CLOCK), clock(gateway, standing.clock(), now), now);
            add(statements, new Topic(id, Matter.LAG), lag(gateway, standing.lag(), now), now);
        });
        return statements;
    }

    private void add(
            List<ConnectivityCommand> statements, Topic topic, @Nullable ConnectivityCommand statement, Instant now) {
        if (statement == null) {
            quietUntil.remove(topic);
            return;
        }
        Instant until = quietUntil.get(topic);
        if (until == null || !now.isBefore(until)) {
            quietUntil.put(topic, now.plus(NOT_AGAIN_FOR).plusMillis(jitterMillis.getAsLong()));
            statements.add(statement);
        }
    }

    private static @Nullable ConnectivityCommand clock(Gateway gateway, ClockStanding clock, Instant now) {
        GatewayId id = new GatewayId(gateway.id());
        return switch (clock.finding(now.toEpochMilli(), millis(gateway.clockStatedAt()))) {
            case AMISS -> gateway.isClockWrong() ? null : new ReportClockWrong(id, clock.offsetSeconds(), now);
            case WELL -> gateway.isClockWrong() ? new ReportClockRight(id, now) : null;
            case OPEN -> null;
        };
    }

    private static long millis(@Nullable Instant at) {
        return at == null ? 0 : at.toEpochMilli();
    }

    private static @Nullable ConnectivityCommand lag(Gateway gateway, LagStanding lag, Instant now) {
        GatewayId id = new GatewayId(gateway.id());
        return switch (lag.finding(now.toEpochMilli(), millis(gateway.lagStatedAt()))) {
            case AMISS -> gateway.isBehind() ? null : new ReportBehind(id, lag.seconds(), now);
            case WELL -> gateway.isBehind() ? new ReportCaughtUp(id, now) : null;
            case OPEN -> null;
        };
    }
}
