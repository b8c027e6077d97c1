package io.forgewatch.command.warning;

import io.forgewatch.event.alarm.AlarmEvent.AlarmUpgraded;
import io.forgewatch.event.alarm.Limit;
import io.forgewatch.event.equipment.Severity;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * An alarm that is not cleared, and what people were told of it.
 *
 * @param returnedAt since when its value is back, null while it is not
 * @param told the limit of which people were told; null when they were not told of it yet
 * @param grew whether it reached a graver limit since people were told of it, or since it opened
 * @param back the longest time that its value had been back before it was broken again, since people were told
 */
record NotedAlarm(
        AlarmNote note,
        @Nullable Instant returnedAt,
        @Nullable Limit told,
        boolean grew,
        Duration back) {

    static final Comparator<NotedAlarm> WORST_FIRST = Comparator.comparing(NotedAlarm::note, AlarmNote.WORST_FIRST);

    /** @param told as of the alarm that it continues, where people were told of that one */
    static NotedAlarm raised(AlarmNote note, @Nullable Limit told) {
        return new NotedAlarm(note, null, told, false, Duration.ZERO);
    }

    NotedAlarm upgraded(AlarmUpgraded upgraded) {
        return new NotedAlarm(note.upgraded(upgraded), returnedAt, told, true, back);
    }

    NotedAlarm returned(Instant at) {
        return new NotedAlarm(note, at, told, grew, back);
    }

    NotedAlarm breachedAgain(Instant at) {
        Duration pause =
                returnedAt == null || at.isBefore(returnedAt) ? Duration.ZERO : Duration.between(returnedAt, at);
        return new NotedAlarm(note, null, told, grew, pause.compareTo(back) > 0 ? pause : back);
    }

    /** People were told of it as it is. */
    NotedAlarm asTold() {
        return new NotedAlarm(note, returnedAt, note.limit(), false, Duration.ZERO);
    }

    /**
     * Whether there is something to tell: it opened, it got graver, or it was broken again (dossier §3 "Again").
     *
     * @param again how long the value must have been back for that
     */
    boolean isNews(Duration again) {
        return told == null || note.limit().above(told) || isAgain(again);
    }

    /** Whether what there is to tell asks people to act (dossier §5 "Demands"). */
    boolean demands(Duration again) {
        boolean opened = told == null && isGrave();
        boolean upgraded = grew && counts() && outer();
        return opened || upgraded || (isAgain(again) && isGrave());
    }

    /** 计数报警: A or B. Closing waits for it (dossier §5); late alarms and those of data only are not noted at all. */
    boolean counts() {
        return note.severity() != Severity.C;
    }

    private boolean isAgain(Duration again) {
        return back.compareTo(again) >= 0;
    }

    /** A at an outer limit. */
    boolean isGrave() {
        return note.severity() == Severity.A && outer();
    }

    /** What several points of an area say together is as grave as the outer limit of one. */
    private boolean outer() {
        return note.limit().extreme() || note.limit() == Limit.AREA;
    }
}
