package io.forgewatch.command.audit;

import io.forgewatch.command.decision.EventArchive;
import io.forgewatch.command.decision.Traced;
import io.forgewatch.event.DomainEvent;
import io.forgewatch.event.Subject;
import io.forgewatch.event.SubjectType;
import io.forgewatch.event.alarm.AlarmEvent.AlarmRaised;
import io.forgewatch.event.alarm.AlarmId;
import io.forgewatch.event.warning.WarningEvent.WarningClosed;
import io.forgewatch.event.warning.WarningEvent.WarningIssued;
import io.forgewatch.event.warning.WarningEvent.WarningSegmentAdded;
import io.forgewatch.event.warning.WarningId;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Gathers the events that a warning's story is made of, by subject and by cause; a bounded number of each. */
final class StorySources {

    private static final int MOST_OWN = 5_000;
    private static final int MOST_ALARMS = 300;
    private static final int MOST_OF_AN_ALARM = 500;
    private static final int MOST_OF_A_DEVICE = 1_000;
    private static final int MOST_ASSESSMENTS = 5_000;

    /** An alarm goes on from another that goes on from another; causes likewise. */
    private static final int FARTHEST = 6;

    private static final int AT_ONCE = 4;

    private final EventArchive archive;

    StorySources(EventArchive archive) {
        this.archive = archive;
    }

    /** What was gathered, by position, and whether that is all. */
    record Material(Map<Long, Traced> events, boolean complete) {

        static Material of(Collection<Traced> found, boolean complete) {
            Map<Long, Traced> events = new LinkedHashMap<>();
            found.forEach(traced -> events.put(traced.position(), traced));
            return new Material(events, complete);
        }

        Material and(Material other) {
            Map<Long, Traced> all = new LinkedHashMap<>(events);
            all.putAll(other.events());
            return new Material(all, complete && other.complete());
        }

        List<Traced> traced() {
            return List.copyOf(events.values());
        }

        <E extends DomainEvent> Stream<E> events(Class<E> type) {
            return events.values().stream()
                    .map(traced -> traced.recorded().event())
                    .filter(type::isInstance)
                    .map(type::cast);
        }
    }

    /** Empty when there is no such warning. */
    Mono<Material> of(WarningId warning) {
        return about(new Subject(SubjectType.WARNING, warning.toString()), 0, MOST_OWN)
                .filter(own -> !own.events().isEmpty())
                .flatMap(own -> alarms(own, named(own), FARTHEST))
                .flatMap(sofar -> risk(sofar, warning.enterpriseId()))
                .flatMap(sofar -> causes(sofar, warning.enterpriseId(), FARTHEST))
                .flatMap(this::devices);
    }

    private static Set<String> named(Material own) {
        return Stream.concat(
                        own.events(WarningIssued.class).flatMap(issued -> issued.alarms().stream()),
                        own.events(WarningSegmentAdded.class).flatMap(added -> added.alarms().stream()))
                .collect(Collectors.toUnmodifiableSet());
    }

    private Mono<Material> alarms(Material sofar, Set<String> ids, int left) {
        if (ids.isEmpty() || left == 0) {
            return Mono.just(sofar);
        }
        List<String> wanted = ids.stream().sorted().limit(MOST_ALARMS).toList();
        return about(wanted, SubjectType.ALARM, MOST_OF_AN_ALARM)
                .map(found -> new Material(found.events(), found.complete() && wanted.size() == ids.size()))
                .map(sofar::and)
                .flatMap(all -> alarms(all, continued(all), left - 1));
    }

    /** Alarms that a known one goes on from, as far as they are not known themselves. */
    private static Set<String> continued(Material sofar) {
        Set<String> before = sofar.events(AlarmRaised.class)
                .map(AlarmRaised::continues)
                .filter(Objects::nonNull)
                .collect(Collectors.toCollection(HashSet::new));
        sofar.events(AlarmRaised.class).map(AlarmRaised::alarmId).forEach(before::remove);
        return before;
    }

    /** From the first alarm, or the warning, to its closing. */
    private Mono<Material> risk(Material sofar, String enterpriseId) {
        long first = sofar.events().keySet().stream()
                .mapToLong(Long::longValue)
                .min()
                .orElse(1);
        long last = sofar.traced().stream()
                .filter(traced -> traced.recorded().event() instanceof WarningClosed)
                .mapToLong(Traced::position)
                .max()
                .orElse(Long.MAX_VALUE);
        return archive.about(new Subject(SubjectType.RISK, enterpriseId), first - 1, MOST_ASSESSMENTS)
                .collectList()
                .map(found -> sofar.and(Material.of(
                        found.stream()
                                .filter(traced -> traced.position() <= last)
                                .toList(),
                        found.size() < MOST_ASSESSMENTS || found.getLast().position() > last)));
    }

    private Mono<Material> causes(Material sofar, String enterpriseId, int left) {
        Set<UUID> missing = sofar.traced().stream()
                .map(Traced::cause)
                .filter(Objects::nonNull)
                .collect(Collectors.toCollection(HashSet::new));
        sofar.traced().forEach(traced -> missing.remove(traced.recorded().id()));
        return missing.isEmpty() || left == 0
                ? Mono.just(sofar)
                : archive.known(missing)
                        .filter(traced ->
                                enterpriseId.equals(traced.recorded().event().enterpriseId()))
                        .collectList()
                        .flatMap(found -> found.isEmpty()
                                ? Mono.just(sofar)
                                : causes(sofar.and(Material.of(found, true)), enterpriseId, left - 1));
    }

    private Mono<Material> devices(Material sofar) {
        List<String> ids = sofar.events(AlarmRaised.class)
                .flatMap(raised -> AlarmId.FORM.parse(raised.alarmId()).device().stream())
                .distinct()
                .sorted()
                .toList();
        return about(ids, SubjectType.DEVICE, MOST_OF_A_DEVICE).map(sofar::and);
    }

    private Mono<Material> about(List<String> ids, SubjectType type, int most) {
        return Flux.fromIterable(ids)
                .flatMap(id -> about(new Subject(type, id), 0, most), AT_ONCE)
                .reduce(new Material(Map.of(), true), Material::and);
    }

    private Mono<Material> about(Subject subject, long after, int most) {
        return archive.about(subject, after, most).collectList().map(found -> Material.of(found, found.size() < most));
    }
}
