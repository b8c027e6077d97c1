package io.forgewatch.command.automation;

import io.forgewatch.command.decision.Command;
import io.forgewatch.command.decision.LookAgain;
import io.forgewatch.command.eventstore.SentAt;
import io.forgewatch.event.RecordedEvent;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * The looks again that an automation's events ask for. The first is sent at once; what asks for the same within half a second, or
 * while it is under way, is answered by one look afterwards. That one is sent under the key of the event that joined last: should it
 * be known already, it was sent when all that joined here were stored.
 */
final class Looks {

    /** What follows within this time is looked at together at its end (dossier §5 "Floods"). */
    static final Duration APART = Duration.ofMillis(500);

    /** So many events may wait for one look before what asks for more of it waits in its turn. */
    private static final int MOST_ASKING = 1_024;

    /**
     * @param event under whose key it is sent
     * @param index of the command among those of its event
     * @param cause the first event that asked for it: so its story begins there
     */
    record Look(Command command, RecordedEvent event, int index, RecordedEvent cause) {

        Look(Command command, RecordedEvent event, int index) {
            this(command, event, index, event);
        }

        Look causedBy(RecordedEvent first) {
            return new Look(command, event, index, first);
        }
    }

    /** Those that are answered by one look. */
    private static final class Joined {
        private final Sinks.Empty<Void> done = Sinks.empty();
        private final RecordedEvent cause;
        private Look last;
        private int asking;

        Joined(Look first) {
            this.cause = first.event();
            this.last = first;
        }
    }

    /** One that is under way or was less than {@link #APART} ago. */
    private static final class Line {
        private @Nullable Joined waiting;
    }

    private final Function<Look, Mono<Void>> send;
    private final Map<Command, Line> lines = new HashMap<>();
    private final Sinks.Empty<Void> stopped = Sinks.empty();

    /** @param send never takes for ever */
    Looks(Function<Look, Mono<Void>> send) {
        this.send = send;
    }

    /** Completes when the state was looked at after this was asked for; fails as that look did. */
    Mono<Void> ask(Look look) {
        return Mono.defer(() -> {
            Command same = SentAt.anyTime(look.command());
            Joined mine;
            synchronized (this) {
                Line line = lines.get(same);
                if (line != null) {
                    return joined(line, look).done.asMono();
                }
                lines.put(same, new Line());
                mine = new Joined(look);
            }
            setOut(same, mine, look);
            return mine.done.asMono();
        });
    }

    /** Whether so many wait for the next look already that no more should come before it is over. */
    synchronized boolean isCrowded(Command command) {
        if (!(command instanceof LookAgain)) {
            return false;
        }
        Line line = lines.get(SentAt.anyTime(command));
        return line != null && line.waiting != null && line.waiting.asking >= MOST_ASKING;
    }

    /** Nothing sets out any more; what waits never completes. */
    void stop() {
        stopped.tryEmitEmpty();
    }

    private static Joined joined(Line line, Look look) {
        Joined waiting = line.waiting;
        if (waiting == null) {
            waiting = new Joined(look);
            line.waiting = waiting;
        }
        waiting.last = look;
        waiting.asking++;
        return waiting;
    }

    private void setOut(Command same, Joined joined, Look look) {
        Mono.when(
                        Mono.defer(() -> send.apply(look))
                                .doOnSuccess(done -> joined.done.tryEmitEmpty())
                                .doOnError(joined.done::tryEmitError)
                                .onErrorComplete(),
                        Mono.delay(APART))
                .thenReturn(same)
                .takeUntilOther(stopped.asMono())
                .subscribe(this::next);
    }

    private void next(Command same) {
        Joined waiting;
        Look look;
        synchronized (this) {
            Line line = lines.get(same);
            waiting = line == null ? null : line.waiting;
            if (line == null || waiting == null) {
                lines.remove(same);
                return;
            }
            line.waiting = null;
            look = waiting.last.causedBy(waiting.cause);
        }
        setOut(same, waiting, look);
    }
}
