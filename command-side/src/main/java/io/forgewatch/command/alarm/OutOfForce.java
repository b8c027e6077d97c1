package io.forgewatch.command.alarm;

import io.forgewatch.event.alarm.AlarmEvent.PointOutOfForce;
import java.time.Instant;

/**
 * 退出判定: the limits of a point in one direction, whose sensor was accepted to be dead (dossier §3 "A dead sensor in breach").
 * What was broken before goes on unheard. It is in force again when detection says that the value is back; a breach that begins
 * later, by the readings' own time, shows that too, should that word have been lost.
 *
 * @param since when it was accepted
 * @param until from when on every breach is heard
 */
public record OutOfForce(Instant since, Instant until) {

    static OutOfForce of(PointOutOfForce event) {
        return new OutOfForce(event.at(), event.until());
    }

    /**
     * Whether a breach is not heard.
     *
     * @param onset since when the limit is broken, epoch milliseconds
     * @param at when that is said
     */
    public boolean covers(long onset, Instant at) {
        return onset <= since.toEpochMilli() && at.isBefore(until);
    }
}
