package io.forgewatch.command.alarm;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.forgewatch.command.decision.EventFeed;
import io.forgewatch.command.decision.UnendedEvents;
import io.forgewatch.command.standing.PassedOver;
import io.forgewatch.event.DomainEvent;
import io.forgewatch.event.RecordedEvent;
import io.forgewatch.event.alarm.AlarmEvent;
import io.forgewatch.event.alarm.AlarmEvent.AlarmCleared;
import io.forgewatch.event.alarm.AlarmEvent.AlarmEnded;
import io.forgewatch.event.alarm.AlarmEvent.AlarmRaised;
import io.forgewatch.event.alarm.AlarmEvent.PointInForce;
import io.forgewatch.event.alarm.AlarmEvent.PointOutOfForce;
import io.forgewatch.event.alarm.AlarmId;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.util.retry.Retry;
import reactor.util.retry.RetryBackoffSpec;

/**
 * The alarms that are open, by point and direction: what closes the loop between detection and alarms (ADR 25). Each instance has
 * a table of its own, which all events reach by the store's feed, whoever appended them; it may be a moment behind the store.
 *
 * <p>Rebuilt by selection: of each point that ever had an alarm the newest event is looked at, and read are only the events of the
 * alarms that it does not close, up to the store's end at that moment; from there on the feed is followed.
 */
public final class OpenAlarms implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(OpenAlarms.class);
    private static final String POINT = "point";
    private static final Set<Class<? extends DomainEvent>> ENDINGS = Set.of(AlarmCleared.class, AlarmEnded.class);
    private static final int MOST_ENDED = 100_000;
    private static final Duration LOOK_EVERY = Duration.ofSeconds(10);

    private final EventFeed feed;
    private final UnendedEvents unended;
    private final PassedOver passedOver;
    private final TableLag lag;
    private final Map<String, OpenAlarm> open = new ConcurrentHashMap<>();
    private final Map<String, OutOfForce> outOfForce = new ConcurrentHashMap<>();
    private final Cache<String, Long> ended =
            Caffeine.newBuilder().maximumSize(MOST_ENDED).build();
    private final AtomicLong position = new AtomicLong();
    private final Sinks.Empty<Void> caughtUp = Sinks.empty();
    private final Disposable.Swap running = Disposables.swap();
    private volatile boolean ready;
    private volatile boolean started;

    /** @param passedOver tells what cannot be taken into the table */
    public OpenAlarms(EventFeed feed, UnendedEvents unended, PassedOver passedOver) {
        this(feed, unended, passedOver, new TableLag(System::nanoTime));
    }

    OpenAlarms(EventFeed feed, UnendedEvents unended, PassedOver passedOver, TableLag lag) {
        this.lag = lag;
        this.feed = feed;
        this.unended = unended;
        this.passedOver = passedOver;
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
        return caughtUp.asMono();
    }

    public boolean isCaughtUp() {
        return ready;
    }

    /** Up to which event the table says how things stand. */
    long position() {
        return position.get();
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
    public void start() {
        started = true;
        Mono<Void> selected = Mono.defer(this::select).retryWhen(again("Open alarms can't be selected yet"));
        Flux<RecordedEvent> following = Flux.defer(() -> feed.after(position.get(), Set.of(AlarmEvent.class)))
                .doOnNext(this::take)
                .retryWhen(again("The event feed broke off, open alarms are read on"));
        running.update(selected.thenMany(Flux.merge(following.then(), look().then()))
                .subscribe(nothing -> {}, failure -> LOG.error("Open alarms are no longer kept", failure)));
    }

    /** Another end than the one that was there before the selection would leave out what came meanwhile, or take it twice. */
    private Mono<Void> select() {
        open.clear();
        outOfForce.clear();
        return feed.head()
                .flatMap(head -> unended.upTo(head, POINT, ENDINGS)
                        .doOnNext(recorded -> passedOver.attempt(recorded, this::fold))
                        .then(Mono.fromRunnable(() -> becomeReady(head))));
    }

    private void becomeReady(long head) {
        position.set(head);
        ready = true;
        LOG.info("{} alarms are open at position {}", open.size(), head);
        caughtUp.tryEmitEmpty();
    }

    private void take(RecordedEvent recorded) {
        passedOver.attempt(recorded, this::fold);
        position.set(recorded.position());
    }

    private void fold(RecordedEvent recorded) {
        if (recorded.event() instanceof AlarmEvent alarm) {
            String point = AlarmId.parse(alarm.alarmId()).point();
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
        return Flux.interval(LOOK_EVERY)
                .onBackpressureDrop()
                .concatMap(tick -> feed.head().timeout(LOOK_EVERY).onErrorResume(failure -> Mono.empty()), 1)
                .doOnNext(head -> lag.looked(head, position.get()));
    }

    private static RetryBackoffSpec again(String what) {
        return Retry.backoff(Long.MAX_VALUE, Duration.ofMillis(200))
                .maxBackoff(Duration.ofSeconds(10))
                .jitter(0.5)
                .doBeforeRetry(retry -> LOG.warn("{}: {}", what, String.valueOf(retry.failure())));
    }

    @Override
    public void stop() {
        started = false;
        running.dispose();
    }

    @Override
    public boolean isRunning() {
        return started;
    }
}
