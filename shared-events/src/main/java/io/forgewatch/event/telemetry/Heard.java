package io.forgewatch.event.telemetry;

/**
 * What a reader of one partition has heard: silence is counted by the arrival times of what was read from it, never by the wall
 * clock, and only while something came, be it the {@link Pulse} of a door. Time in which frames could not be taken or read is
 * not silence: a pause in all that comes begins a new window for everybody (dossier §8).
 *
 * @param now arrival time of the newest that was heard, epoch milliseconds; 0 while nothing was
 * @param from since when nothing was missed, epoch milliseconds
 */
public record Heard(long now, long from) {

    /** Doors send a pulse every 15 s: two that are missing may be chance. */
    public static final long PAUSE_MILLIS = 45_000;

    public static final Heard NOTHING = new Heard(0, 0);

    /** Something was read that arrived then. */
    public Heard after(long arrival) {
        boolean anew = now == 0 || arrival - now > PAUSE_MILLIS;
        return new Heard(Math.max(now, arrival), anew ? arrival : from);
    }
}
