package io.forgewatch.command.eventstore;

import io.forgewatch.command.decision.EventArchive.Order;
import io.forgewatch.command.decision.EventArchive.Span;
import io.forgewatch.command.decision.Sought;
import io.forgewatch.event.Tag;
import io.forgewatch.event.identity.Jurisdiction;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The way to where sought events may be: the condition that narrows most and has an index in order of positions. What the
 * others say is checked on the rows found.
 *
 * @param sql tells positions after $1 up to $2 in order, at most $3; null when every position is a candidate
 * @param values from $4 on
 * @param window at most so many positions are looked at in one go: where many short ranges are merged
 * @param whole whether nothing but the time remains to be checked
 */
record Seek(Optional<String> sql, List<Object> values, long window, boolean whole) {

    /** Enough for a page of a region's events in one round trip, few enough for it to be short. */
    private static final long REGION_WINDOW = 16_384;

    private static final String PEOPLE = "account/";

    /** What happens all the time has no index of its own: it is found by looking through, and costs no append anything. */
    private static final Set<String> FREQUENT =
            Set.of("AlarmRaised", "AlarmAcknowledged", "AlarmReturned", "AlarmCleared", "RiskAssessed");

    private static final Set<String> FREQUENT_ACTORS = Set.of("automation", "detection");

    private static final String BY_TAG =
            "select t.position from event_tags t where t.tag = $4 and t.position > $1 and t.position <= $2"
                    + " order by t.position DIRECTION limit $3";

    // Compared as rows, so that no other index can give the order asked for; with the index's own condition, so that it
    // may.
    private static final String BY_ACTOR =
            "select e.position from events e where (e.actor collate \"C\", e.position) > ($4, $1)"
                    + " and (e.actor collate \"C\", e.position) <= ($4, $2)"
                    + " and e.actor not like 'automation/%' and e.actor not like 'detection/%'"
                    + " order by e.actor collate \"C\" DIRECTION, e.position DIRECTION limit $3";

    private static final String BY_TYPES = "select c.position from unnest($4) n(name) cross join lateral"
            + " (select e.position from events e where (e.name collate \"C\", e.position) > (n.name, $1)"
            + " and (e.name collate \"C\", e.position) <= (n.name, $2)"
            + " and e.name not in ('AlarmRaised', 'AlarmAcknowledged', 'AlarmReturned', 'AlarmCleared', 'RiskAssessed')"
            + " order by e.name collate \"C\" DIRECTION, e.position DIRECTION limit $3) c"
            + " order by c.position DIRECTION limit $3";

    // The region's enterprises by a loose index scan (one seek each), then a seek in each one's own events.
    private static final String BY_REGION = "with recursive works(tag, above) as ("
            + " select (select min(t.tag) from event_tags t where t.tag >= p.lowest and t.tag < p.above), p.above"
            + " from (values ($4, $5), ($6, $7)) p(lowest, above)"
            + " union all"
            + " select (select min(t.tag) from event_tags t where t.tag > w.tag and t.tag < w.above), w.above"
            + " from works w where w.tag is not null)"
            + " select c.position from works w cross join lateral"
            + " (select t.position from event_tags t where t.tag = w.tag and t.position > $1 and t.position <= $2"
            + " order by t.position DIRECTION limit $3) c where w.tag is not null"
            + " order by c.position DIRECTION limit $3";

    static Seek of(Sought sought) {
        boolean free = sought.types().isEmpty() && sought.actor() == null;
        if (sought.subject() != null) {
            // A subject other than an account lies within one enterprise.
            return tagged(sought.subject().tag(), free && isNation(sought));
        }
        if (sought.actor() != null && isByActor(sought.actor(), sought.within())) {
            return new Seek(
                    Optional.of(BY_ACTOR),
                    List.of(sought.actor()),
                    Long.MAX_VALUE,
                    sought.types().isEmpty() && isNation(sought));
        }
        if (sought.within() instanceof Jurisdiction.Enterprise(var id)) {
            return tagged(Tag.within(id.value()), free);
        }
        if (!sought.types().isEmpty() && sought.types().stream().noneMatch(FREQUENT::contains)) {
            return new Seek(
                    Optional.of(BY_TYPES),
                    List.of((Object) sought.types().toArray(String[]::new)),
                    Long.MAX_VALUE,
                    sought.actor() == null && isNation(sought));
        }
        return sought.within() instanceof Jurisdiction.Region(String prefix)
                ? region(prefix, free)
                : new Seek(Optional.empty(), List.of(), Long.MAX_VALUE, free);
    }

    /** People do less than their enterprise; what acts by itself does more. */
    private static boolean isByActor(String actor, Jurisdiction within) {
        return actor.startsWith(PEOPLE)
                || !(within instanceof Jurisdiction.Enterprise)
                        && !FREQUENT_ACTORS.contains(actor.substring(0, actor.indexOf('/')));
    }

    /** The part of a span that one look may reach into. */
    Span reach(Span span, Order order, int candidates) {
        long most = sql.isEmpty() ? candidates : window;
        if (span.upTo() - span.after() <= most) {
            return span;
        }
        return order == Order.OLDEST_FIRST
                ? new Span(span.after(), span.after() + most)
                : new Span(span.upTo() - most, span.upTo());
    }

    private static Seek tagged(Tag tag, boolean whole) {
        return new Seek(Optional.of(BY_TAG), List.of(Criteria.text(Selections.tag(tag))), Long.MAX_VALUE, whole);
    }

    /** Digits follow in an enterprise's id, and after the digits comes the colon. */
    private static Seek region(String prefix, boolean whole) {
        String steel = Criteria.text(Selections.tag(Tag.within("GT" + prefix)));
        String aluminium = Criteria.text(Selections.tag(Tag.within("LJ" + prefix)));
        return new Seek(
                Optional.of(BY_REGION), List.of(steel, steel + ':', aluminium, aluminium + ':'), REGION_WINDOW, whole);
    }

    private static boolean isNation(Sought sought) {
        return sought.within() instanceof Jurisdiction.Nation;
    }
}
