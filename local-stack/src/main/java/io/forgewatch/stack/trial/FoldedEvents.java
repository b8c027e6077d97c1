package io.forgewatch.stack.trial;

import io.forgewatch.event.DomainEvent;
import io.forgewatch.event.EventJson;
import io.forgewatch.event.EventTypes;
import io.forgewatch.event.alarm.AlarmEvent.AlarmRaised;
import io.forgewatch.event.enterprise.EnterpriseId;
import io.forgewatch.event.identity.Jurisdiction;
import io.forgewatch.event.warning.WarningEvent;
import io.forgewatch.stack.RunFile;
import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The events of a store, read with a plain query, and what they add up to. Made apart from the query side's own folds: it keeps
 * what there is and counts in the end, and adds and takes away nothing.
 */
final class FoldedEvents {

    private final List<Stored> events;

    /** An event and its place in the store. */
    record Stored(long position, DomainEvent event) {}

    FoldedEvents(List<Stored> events) {
        this.events = List.copyOf(events);
    }

    static FoldedEvents of(RunFile run) throws SQLException {
        URI url = URI.create(run.postgres());
        String[] user = url.getUserInfo().split(":", 2);
        List<Stored> events = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection(
                        "jdbc:postgresql://" + url.getHost() + ":" + url.getPort() + url.getPath(), user[0], user[1]);
                PreparedStatement query = connection.prepareStatement(
                        "select position, name, version, payload from events order by position");
                ResultSet rows = query.executeQuery()) {
            while (rows.next()) {
                if (EventTypes.isKnown(rows.getString(2))) {
                    events.add(new Stored(
                            rows.getLong(1),
                            EventJson.payload(
                                    rows.getString(2), Integer.parseInt(rows.getString(3)), rows.getBytes(4))));
                }
            }
        }
        return new FoldedEvents(events);
    }

    /** Of the last event; 0 without one. */
    long position() {
        return events.isEmpty() ? 0 : events.getLast().position();
    }

    /** Device and indicator of every alarm that was raised, in order; a point with two alarms is there twice. */
    List<String> raised() {
        return events.stream()
                .map(Stored::event)
                .filter(AlarmRaised.class::isInstance)
                .map(AlarmRaised.class::cast)
                .filter(raised -> raised.deviceId() != null)
                .map(raised -> raised.deviceId() + "." + raised.indicator())
                .toList();
    }

    /** Every alarm that was raised, of whatever subject: that a gateway or a works is offline, too. */
    List<String> alarms() {
        return events.stream()
                .map(Stored::event)
                .filter(AlarmRaised.class::isInstance)
                .map(AlarmRaised.class::cast)
                .map(AlarmRaised::alarmId)
                .toList();
    }

    /** Where warnings were issued: the stream must have told of each. */
    List<Long> issued() {
        return events.stream()
                .filter(stored -> stored.event() instanceof WarningEvent.WarningIssued)
                .map(Stored::position)
                .toList();
    }

    /** Every jurisdiction that has a works, as the wire writes them. */
    Set<String> scopes() {
        Set<String> scopes = new TreeSet<>(Set.of(new Jurisdiction.Nation().wire()));
        events.stream()
                .map(stored -> stored.event().enterpriseId())
                .filter(Objects::nonNull)
                .forEach(enterprise -> {
                    EnterpriseId id = new EnterpriseId(enterprise);
                    for (int digits : List.of(2, 4, 6)) {
                        scopes.add(new Jurisdiction.Region(id.region().substring(0, digits)).wire());
                    }
                    scopes.add(new Jurisdiction.Enterprise(id).wire());
                });
        return scopes;
    }

    /**
     * The counters of the overview, by their names in it, such as {@code warnings.byLevel.RED}; those of connected things, which
     * come from readings, are left out.
     *
     * @param upTo the last event that counts
     * @param now as of which deadlines have passed and today is today
     */
    Map<String, Integer> counters(Jurisdiction scope, long upTo, Instant now) {
        Map<String, WorksCount> works = new TreeMap<>();
        for (Stored stored : events) {
            String enterprise = stored.event().enterpriseId();
            if (enterprise != null && stored.position() <= upTo && scope.covers(new EnterpriseId(enterprise))) {
                works.computeIfAbsent(enterprise, unused -> new WorksCount()).take(stored.event());
            }
        }
        Map<String, Integer> all = new TreeMap<>(new WorksCount().counters(now));
        works.values().forEach(one -> one.counters(now).forEach((name, count) -> all.merge(name, count, Integer::sum)));
        return all;
    }
}
