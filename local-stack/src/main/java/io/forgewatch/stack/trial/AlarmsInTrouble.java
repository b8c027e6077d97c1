package io.forgewatch.stack.trial;

import io.forgewatch.stack.Patience;
import io.forgewatch.stack.Progress;
import io.forgewatch.stack.StackException;
import java.time.Duration;
import java.util.Set;

/** What trials have in common that let values return while something is away: all are in alarm, all return, every alarm ends. */
final class AlarmsInTrouble {

    private static final Duration RAISING = Duration.ofSeconds(90);
    private static final Duration TOLD_EVERY = Duration.ofSeconds(30);

    private final TrialCountry country;
    private final AlarmWatch watch;
    private final TrialReport.Notes notes;
    private final Progress progress;

    AlarmsInTrouble(TrialCountry country, AlarmWatch watch, TrialReport.Notes notes, Progress progress) {
        this.country = country;
        this.watch = watch;
        this.notes = notes;
        this.progress = progress;
    }

    /** @throws StackException when not every point has an alarm in the end: then there is nothing to try */
    void begin() throws Exception {
        country.become(TrialCountry.Health.BROKEN);
        AlarmWatch.Seen seen = watch.await(country.points(), Set.of("ACTIVE"), RAISING);
        country.mustPlay();
        if (!seen.all()) {
            throw new StackException("Not every point is in alarm, so nothing can be tried: " + seen.text());
        }
        progress.tell("In alarm: " + seen.text());
    }

    /** Lets all values return and so much time pass; every frame must be taken meanwhile. */
    void returnMeanwhile(String away, Duration time) throws Exception {
        long lost = country.lostFrames();
        country.become(TrialCountry.Health.GOOD);
        progress.tell("All values return while " + away + ", for " + time.toSeconds() + " s");
        long end = System.nanoTime() + time.toNanos();
        while (System.nanoTime() - end < 0) {
            long left = Math.min(TOLD_EVERY.toNanos(), end - System.nanoTime());
            if (!Patience.until(Duration.ofNanos(Math.max(0, left)), () -> false)) {
                progress.tell("%d s left".formatted(Math.max(0, (end - System.nanoTime()) / 1_000_000_000)));
            }
        }
        country.mustPlay();
        long more = country.lostFrames() - lost;
        notes.add("readings are taken while " + away, more + " frames not taken", more == 0);
    }

    /** Every alarm is to return, and those of severity B and C are to clear by themselves. */
    void mustEnd(String away, Duration most) throws Exception {
        progress.tell("Over; looking how the alarms end");
        AlarmWatch.Seen returned = watch.await(country.points(), Set.of("RETURNED", "CLEARED"), most);
        notes.add(
                "every alarm whose value returned while " + away + " is RETURNED within " + most.toSeconds()
                        + " s after",
                returned.text(),
                returned.all());
        AlarmWatch.Seen cleared = watch.await(country.soonCleared(), Set.of("CLEARED"), most);
        notes.add(
                "those of severity B and C are CLEARED by themselves within " + most.toSeconds() + " s more",
                cleared.text(),
                cleared.all());
        country.mustPlay();
    }
}
