package io.forgewatch.command.audit;

import io.forgewatch.command.decision.EventArchive.Order;
import io.forgewatch.command.decision.EventArchive.Span;
import io.forgewatch.command.decision.Sought;
import io.forgewatch.event.EventType;
import io.forgewatch.event.EventTypes;
import io.forgewatch.event.Subject;
import io.forgewatch.event.identity.Jurisdiction;
import io.forgewatch.web.Caller;
import io.forgewatch.web.Cursor;
import io.forgewatch.web.ListParameters;
import io.forgewatch.web.Problem;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * What an auditor asks of the store.
 *
 * @param sought where the caller's jurisdiction and the question meet; empty when nowhere
 * @param after only what comes after this position
 * @param upTo nothing after this position
 * @param list which page
 */
record AuditQuestion(Optional<Sought> sought, long after, long upTo, Order order, ListParameters list) {

    static final String FROM = "from";
    static final String TO = "to";
    static final String ACTOR = "actor";
    static final String ENTERPRISE = "enterpriseId";
    static final String REGION = "region";
    static final String SUBJECT_TYPE = "subjectType";
    static final String SUBJECT_ID = "subjectId";
    static final String TYPE = "type";
    static final String AFTER = "after";
    static final String ORDER = "order";
    static final String AT = "at";
    static final String POSITION = "position";

    private static final String ASCENDING = "asc";
    private static final String DESCENDING = "desc";
    private static final Set<String> KNOWN_TYPES = StreamSupport.stream(
                    EventTypes.all().spliterator(), false)
            .map(EventType::name)
            .collect(Collectors.toUnmodifiableSet());

    /** @throws Problem 400 when a value makes no sense */
    static AuditQuestion of(ListParameters list, Caller caller) {
        Instant from = list.instant(FROM).orElse(null);
        Instant to = list.instant(TO).orElse(null);
        if (from != null && to != null && !from.isBefore(to)) {
            throw Problem.invalidParameter(TO, "It must be later than from. 结束时间应晚于开始时间。");
        }
        var subject = AuditSubjects.inQuery(list.text(SUBJECT_TYPE), list.text(SUBJECT_ID));
        String actor = actor(list);
        Set<String> types = types(list.texts(TYPE));
        Optional<Sought> sought =
                scope(list, caller).map(within -> new Sought(within, subject.orElse(null), actor, types, from, to));
        return new AuditQuestion(sought, after(list), Long.MAX_VALUE, order(list), list);
    }

    /**
     * What happened to one subject, newest first, up to a moment or a position, those included. Whether the caller may see it has
     * been asked before.
     *
     * @throws Problem 400 when a value makes no sense
     */
    static AuditQuestion about(Subject subject, ListParameters list) {
        Instant to = list.instant(AT).map(AuditQuestion::justAfter).orElse(null);
        long upTo =
                list.text(POSITION).map(given -> Positions.of(POSITION, given)).orElse(Long.MAX_VALUE);
        return new AuditQuestion(
                Optional.of(new Sought(new Jurisdiction.Nation(), subject, null, Set.of(), null, to)),
                0,
                upTo,
                Order.NEWEST_FIRST,
                list);
    }

    /** @throws Problem 400 when the cursor is of another list */
    Span remaining(Span span) {
        Span later = new Span(span.after(), Math.min(span.upTo(), upTo)).later(after);
        return list.cursor()
                .map(given -> {
                    if (!given.text(0).equals(order.name())) {
                        throw Problem.invalidParameter(
                                "cursor", "The cursor is of a list in another order. 游标与排序不符，请从头查询。");
                    }
                    long position = given.number(1);
                    return later.beyond(Math.max(0, position), order);
                })
                .orElse(later);
    }

    int limit() {
        return list.limit();
    }

    /** The cursor that begins after a position, in this order. */
    String beyond(long position) {
        return list.next(Cursor.of(order.name(), Long.toString(position)));
    }

    /** The store keeps microseconds. */
    private static Instant justAfter(Instant moment) {
        return moment.truncatedTo(ChronoUnit.MICROS).plus(1, ChronoUnit.MICROS);
    }

    private static Optional<Jurisdiction> scope(ListParameters list, Caller caller) {
        Optional<Jurisdiction> scope = Optional.of(caller.jurisdiction());
        Optional<Jurisdiction> region = list.region(REGION).map(Jurisdiction.Region::new);
        Optional<Jurisdiction> enterprise = list.enterprise(ENTERPRISE).map(Jurisdiction.Enterprise::new);
        if (region.isPresent()) {
            scope = scope.flatMap(region.get()::and);
        }
        return enterprise.isPresent() ? scope.flatMap(enterprise.get()::and) : scope;
    }

    private static @Nullable String actor(ListParameters list) {
        String actor = list.text(ACTOR).orElse(null);
        if (actor != null && actor.indexOf('/') < 1) {
            throw Problem.invalidParameter(
                    ACTOR, "kind/id, such as account/zhao or automation/WhenRiskRisesThenIssueWarning. 应为 类别/名称。");
        }
        return actor;
    }

    private static Set<String> types(List<String> given) {
        Set<String> types = new HashSet<>(given);
        if (!KNOWN_TYPES.containsAll(types)) {
            throw Problem.invalidParameter(TYPE, "The name of an event, such as AlarmRaised. 没有此类事件。");
        }
        return types;
    }

    private static Order order(ListParameters list) {
        return switch (list.text(ORDER).orElse(DESCENDING)) {
            case ASCENDING -> Order.OLDEST_FIRST;
            case DESCENDING -> Order.NEWEST_FIRST;
            default -> throw Problem.invalidParameter(ORDER, "asc or desc. 应为 asc 或 desc。");
        };
    }

    private static long after(ListParameters list) {
        return list.text(AFTER).map(given -> Positions.of(AFTER, given)).orElse(0L);
    }
}
