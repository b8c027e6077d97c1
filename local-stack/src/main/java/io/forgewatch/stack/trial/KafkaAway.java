package io.forgewatch.stack.trial;

import io.forgewatch.stack.FreePort;
import io.forgewatch.stack.Patience;
import io.forgewatch.stack.Progress;
import io.forgewatch.stack.StackOptions;
import io.forgewatch.stack.StackPort;
import io.forgewatch.stack.UsageException;
import io.forgewatch.stack.kafka.KafkaBroker;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Kafka is away under load: in one round it hangs, in another it refuses connections. */
final class KafkaAway implements Trial {

    private static final String FROZEN = "frozen";
    private static final String REFUSING = "refusing";
    private static final Duration TOLD_WITHIN = Duration.ofSeconds(10);

    @Override
    public String name() {
        return "kafka-away";
    }

    @Override
    public String sentence() {
        return "Kafka hangs, then refuses connections, while frames come without end; memory must stay flat, fresh frames be"
                + " taken first, every acknowledged frame be in the log once, and no alarm be made.";
    }

    @Override
    public List<Setting> settings() {
        return List.of(
                new Setting("seconds", "600", "how long Kafka is away in each round"),
                new Setting("works", "24", "how many send"),
                new Setting("frames", "20", "frames a second of each"),
                new Setting("rounds", FROZEN + "," + REFUSING, "how it is away"),
                new Setting("warm", "60", "seconds under load before"),
                new Setting("settle", "180", "seconds until all that waited is taken"),
                new Setting("rest", "90", "seconds after each round until memory is looked at"),
                new Setting(
                        "after",
                        "660",
                        "seconds after the last in which fresh frames go on: that something is offline or stands still is"
                                + " found only after minutes"),
                new Setting("fresh", "20", "seconds until a fresh frame must be taken"),
                new Setting("percent", "10", "by how much the heap may grow"));
    }

    @Override
    public TrialReport make(StackOptions beside, TrialSettings set, Progress progress) throws Exception {
        List<String> rounds = rounds(set.text("rounds"));
        TrialReport.Notes notes = new TrialReport.Notes();
        try (TrialStack stack = TrialStack.in(beside, name(), progress)) {
            int behind = FreePort.any();
            try (StoreProxy proxy = StoreProxy.before(behind);
                    KafkaBroker broker =
                            KafkaBroker.start(stack.folder().resolve("kafka-behind"), behind, proxy.port())) {
                Map<String, Object> through = Map.of("forgewatch.kafka.bootstrap", "127.0.0.1:" + proxy.port());
                stack.start(usual -> through, usual -> through);
                progress.tell(
                        "Kafka of this trial is at " + broker.bootstrap() + ", not at " + stack.port(StackPort.KAFKA));
                try (HttpClient client = HttpClient.newBuilder()
                                .version(HttpClient.Version.HTTP_1_1)
                                .connectTimeout(Duration.ofSeconds(5))
                                .build();
                        OutageLoad load = OutageLoad.begin(
                                client,
                                stack,
                                set.number("works"),
                                set.number("frames"),
                                longest(set, rounds.size()),
                                progress)) {
                    Patience.until(set.seconds("warm"), () -> false);
                    for (String round : rounds) {
                        outage(round, set, proxy, load, new DoorWatch(client, stack), notes, progress);
                    }
                    progress.tell("Frames go on for " + set.number("after") + " s, in which no alarm may come");
                    Patience.until(set.seconds("after"), () -> false);
                    load.stopFresh();
                    boolean all = Patience.until(set.seconds("settle"), () -> load.waiting() == 0);
                    notes.add(
                            "all frames that waited are taken within " + set.number("settle") + " s",
                            load.waiting() + " wait",
                            all);
                    load.mustBeLoggedOnce(LoggedFrames.read(broker.bootstrap()), notes);
                    List<String> made = FoldedEvents.of(stack.run()).alarms();
                    notes.add("no alarm is made by it", made.size() + " alarms " + made, made.isEmpty());
                }
            }
        }
        return notes.report();
    }

    private static void outage(
            String round,
            TrialSettings set,
            StoreProxy proxy,
            OutageLoad load,
            DoorWatch door,
            TrialReport.Notes notes,
            Progress progress)
            throws Exception {
        boolean wellBefore = Patience.until(TOLD_WITHIN, door::isUp);
        long before = Heap.used();
        long refusedBefore = load.refused();
        if (round.equals(FROZEN)) {
            proxy.freeze();
        } else {
            proxy.refuse();
        }
        progress.tell("Kafka is away (" + round + "), heap %,d KiB".formatted(before >> 10));
        boolean told = Patience.until(TOLD_WITHIN, door::isDown);
        notes.add("health says DOWN for the door within 10 s (" + round + ")", door.text(), wellBefore && told);
        List<Long> during = new ArrayList<>();
        long end = System.nanoTime() + set.seconds("seconds").toNanos();
        while (System.nanoTime() - end < 0) {
            Patience.until(Duration.ofSeconds(10), () -> System.nanoTime() - end >= 0);
            during.add(Heap.used());
            progress.tell("heap %,d KiB, %,d frames refused".formatted(during.getLast() >> 10, load.refused()));
        }
        proxy.pass();
        long back = System.nanoTime();
        boolean fresh = Patience.until(set.seconds("fresh"), () -> load.allFreshSince(back));
        double seconds = load.slowestFresh(back) / 1e9;
        notes.add(
                "every works gets a fresh frame taken within " + set.number("fresh") + " s (" + round + ")",
                fresh ? "the last after %.1f s".formatted(seconds) : "not all",
                fresh);
        boolean up = Patience.until(Duration.ofSeconds(30), door::isUp);
        notes.add("health says UP again within 30 s (" + round + ")", door.text(), up);
        Patience.until(set.seconds("rest"), () -> false);
        long after = Heap.used();
        long most = during.stream().mapToLong(Long::longValue).max().orElse(before);
        notes.add(
                "the heap is flat within " + set.number("percent") + " % (" + round + ")",
                "%,d KiB before, at most %,d during, %,d after".formatted(before >> 10, most >> 10, after >> 10),
                Math.max(most, after) <= before * (1 + set.number("percent") / 100.0));
        long refused = load.refused() - refusedBefore;
        notes.add("frames are refused while it is away (" + round + ")", refused + " times", refused > 0);
        notes.add(
                "by 503, and nothing else is answered (" + round + ")",
                load.strange(),
                load.strange().isEmpty());
    }

    /** How long frames are made in all, with room to spare. */
    private static Duration longest(TrialSettings set, int rounds) {
        return set.seconds("warm")
                .plus(set.seconds("seconds")
                        .plus(set.seconds("rest"))
                        .plusSeconds(120)
                        .multipliedBy(rounds))
                .plus(set.seconds("after"))
                .plusSeconds(300);
    }

    private static List<String> rounds(String text) {
        List<String> rounds = List.of(text.split(","));
        if (!List.of(FROZEN, REFUSING).containsAll(rounds)) {
            throw new UsageException("--rounds is " + FROZEN + ", " + REFUSING + " or both, not '" + text + "'.");
        }
        return rounds;
    }
}
