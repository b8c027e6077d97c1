package io.forgewatch.command.alarm;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.forgewatch.command.decision.EventFeed;
import io.forgewatch.command.decision.EventMemory;
import io.forgewatch.command.decision.UnendedEvents;
import io.forgewatch.event.DomainEvent;
import io.forgewatch.event.RecordedEvent;
import io.forgewatch.event.alarm.AlarmEvent;
import io.forgewatch.event.alarm.AlarmEvent.AlarmCleared;
import io.forgewatch.event.alarm.AlarmEvent.AlarmEnded;
import io.forgewatch.event.alarm.AlarmEvent.AlarmRaised;
import io.forgewatch.event.alarm.AlarmEvent.PointInForce;
import io.forgewatch.event.alarm.AlarmEvent.PointOutOfForce;
import io.forgewatch.event.alarm.AlarmId;
import io.forgewatch.standing.StandingStream;
import io.forgewatch.standing.StandingStreams;
import io.forgewatch.standing.Stands;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The alarms that are open, by point and direction: what closes the loop between detection and alarms (ADR 25). Each instance has
 * a table of its own, which all events reach by the store's feed, whoever appended them; it may be a moment behind the store.
 *
 * <p>Rebuilt by selection: of each point that ever had an alarm the newest event is looked at, and read are only the events of the
 * alarms that it does not close.
 */
public final class OpenAlarms implements Stands {

    private static final String POINT = "point";
    private static final Set<Class<? extends DomainEvent>> ENDINGS = Set.of(AlarmCleared.class, AlarmEnded.class);
    private static final int MOST_ENDED = 100_000;
    private static final Duration LOOK_EVERY = Duration.ofSeconds(10);

    private final EventFeed feed;
    private final UnendedEvents unended;
    private final TableLag lag;
    private final EventMemory memory;
    private final StandingStream looking;
    private final Map<String, OpenAlarm> open = new ConcurrentHashMap<>();
    private final Map<String, OutOfForce> outOfForce = new ConcurrentHashMap<>();
    private final Cache<String, Long> ended =
            Caffeine.newBuilder().maximumSize(MOST_ENDED).build();

    public OpenAlarms(EventFeed feed, UnendedEvents unended, StandingStreams streams) {
        this(feed, unended, streams, new TableLag(System::nanoTime));
    }

    OpenAlarms(EventFeed feed, UnendedEvents unended, StandingStreams streams, TableLag lag) {
        this.feed = feed;
        this.unended = unended;
        this.lag = lag;
        this.memory = new EventMemory("openAlarms", feed, Set.of(AlarmEvent.class), this::select, this::fold, streams);
        this.looking = streams.of("openAlarmsLag", this::look);
    }

    /**
     * The open alarm of a point and direction, or null.
     *
     * @param point {@link AlarmId#point()}
     */
    public @Nullable OpenAlarm of(String point) {
        return open.get(point);
    }

    /**
     * When an alarm of a point and direction was last cleared or ended, in epoch milliseconds; 0 when that was long ago, or before
     * this instance followed.
     */
    public long endedAt(String point) {
        Long at = ended.getIfPresent(point);
        return at == null ? 0 : at;
    }

    /** That breaches of a point and direction are not heard for a time, or null where none is out of force 退出判定. */
    public @Nullable OutOfForce outOfForce(String point) {
        return outOfForce.get(point);
    }

    /** All that are open at this moment, in no order. */
    public Collection<OpenAlarm> all() {
        return List.copyOf(open.values());
    }

    /** Completes when all that was open at the start is in the table. */
    public Mono<Void> caughtUp() {
        return memory.caughtUp();
    }

    public boolean isCaughtUp() {
        return memory.isCaughtUp();
    }

    /** Up to which event the table says how things stand. */
    long position() {
        return memory.position();
    }

    /** How many stored events were not in the table when that was last looked at, every {@code LOOK_EVERY}. */
    long behind() {
        return lag.behind();
    }

    /** Whether it has been behind for so long that it no longer follows. */
    boolean isLeftBehind() {
        return lag.lasts();
    }

    int size() {
        return open.size();
    }

    @Override
    public List<StandingStream> standing() {
        return List.of(memory.standing(), looking);
    }

    /** Of a selection that failed in the middle nothing is left: what was open in it may be closed by now. */
    private Flux<RecordedEvent> select(long head) {
        open.clear();
        outOfForce.clear();
        return unended.upTo(head, POINT, ENDINGS);
    }

    private void fold(RecordedEvent recorded) {
        if (recorded.event() instanceof AlarmEvent alarm) {
            String point = AlarmId.FORM.parse(alarm.alarmId()).point();
            if (ENDINGS.contains(alarm.getClass())) {
                ended.put(point, recorded.at().toEpochMilli());
            }
            open.compute(point, (key, before) -> OpenAlarm.after(before, alarm));
            if (alarm instanceof PointOutOfForce force) {
                outOfForce.put(point, OutOfForce.of(force));
            } else if (alarm instanceof PointInForce || (alarm instanceof AlarmRaised raised && !raised.late())) {
                outOfForce.remove(point);
            }
        }
    }

    private Flux<Long> look() {
        return caughtUp()
                .thenMany(Flux.interval(LOOK_EVERY).onBackpressureDrop())
                .concatMap(tick -> feed.head().timeout(LOOK_EVERY).onErrorResume(failure -> Mono.empty()), 1)
                .doOnNext(head -> lag.looked(head, position()));
    }
}
