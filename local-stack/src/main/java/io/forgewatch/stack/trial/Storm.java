package io.forgewatch.stack.trial;

import io.forgewatch.event.equipment.Severity;
import io.forgewatch.stack.Patience;
import io.forgewatch.stack.Progress;
import io.forgewatch.stack.StackOptions;
import io.forgewatch.stack.demo.CommandApi;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** One works raises a thousand alarms at once; what breaks in others meanwhile must reach people as fast as before. */
final class Storm implements Trial {

    /** Far beyond an outer limit: what raises a warning by itself. */
    private static final TrialPoint WATER = new TrialPoint("01", "BF_CW_P", Severity.A, 0.5, 0.15);

    private static final List<TrialPoint> KINDS = List.of(
            WATER,
            new TrialPoint("01", "BF_TUY_DF", Severity.A, 1, 8),
            new TrialPoint("01", "BF_HEATFLUX", Severity.B, 6, 20),
            new TrialPoint("01", "BF_HEARTH_T", Severity.A, 400, 800));

    /** Of an alarm of severity A: the delay-on, which is nobody's fault. */
    private static final double DELAY = 1;

    private static final double TIMES = 3;
    private static final int MOST_PUSHES = 40;
    private static final Duration OPENING = Duration.ofSeconds(60);
    private static final Duration NORMAL = Duration.ofMillis(1_500);

    @Override
    public String name() {
        return "storm";
    }

    @Override
    public String sentence() {
        return "One works raises a thousand alarms at once; what breaks in another meanwhile must reach the stream as before.";
    }

    @Override
    public List<Setting> settings() {
        return List.of(
                new Setting("alarms", "1000", "how many the one works raises, at most 2000"),
                new Setting("bystanders", "5", "works that break before the storm, and as many during it"),
                new Setting("seconds", "60", "how long the storm's pushes are counted"),
                new Setting("most", "2", "seconds beyond its delay that what breaks meanwhile may take in any case"),
                new Setting("patience", "90", "seconds until what breaks must have reached the stream"));
    }

    @Override
    public TrialReport make(StackOptions beside, TrialSettings set, Progress progress) throws Exception {
        TrialReport.Notes notes = new TrialReport.Notes();
        try (TrialStack stack = TrialStack.in(beside, name(), progress);
                AlarmWatch alarms = new AlarmWatch(stack);
                HttpClient client = HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .connectTimeout(Duration.ofSeconds(5))
                        .build()) {
            stack.start(usual -> Map.of());
            CommandApi api = CommandApi.signInWhenOpened(client, stack.run().command(), stack.ministry());
            int each = set.number("bystanders");
            TrialWorks storming = known(TrialWorks.register(
                    client,
                    stack.run(),
                    api,
                    1,
                    IntStream.range(0, set.number("alarms"))
                            .mapToObj(n -> KINDS.get(n % KINDS.size()))
                            .toList()));
            List<TrialWorks> others = new ArrayList<>();
            for (int n = 0; n < 2 * each; n++) {
                others.add(known(TrialWorks.register(client, stack.run(), api, n + 2, List.of(WATER))));
            }
            progress.tell("Registered a works of " + set.number("alarms") + " points and " + others.size() + " others");
            try (StreamWatch stream = StreamWatch.open(
                    stack.run().query(),
                    CommandApi.signIn(client, stack.run().command(), stack.ministry())
                            .token(),
                    null)) {
                List<Double> before = broken(others.subList(0, each), stream, set.seconds("patience"));
                progress.tell("Before: " + text(before));
                List<Double> during = stormy(storming, others.subList(each, 2 * each), stream, set, progress);
                progress.tell("During: " + text(during));
                judge(notes, before, during, set.number("most"), stream.of(works(storming)));
                mustBeRaised(notes, storming, alarms, set.seconds("patience"));
            }
        }
        return notes.report();
    }

    private List<Double> stormy(
            TrialWorks storming, List<TrialWorks> others, StreamWatch stream, TrialSettings set, Progress progress)
            throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        Thread storm = Thread.ofVirtual().name("storm").start(() -> beat(storming, over));
        try {
            long begun = System.nanoTime();
            List<Double> during = broken(others, stream, set.seconds("patience"));
            long rest = set.seconds("seconds").toNanos() - (System.nanoTime() - begun);
            progress.tell("The storm goes on");
            TimeUnit.NANOSECONDS.sleep(Math.max(0, rest));
            stream.mustFollow();
            return during;
        } finally {
            over.countDown();
            storm.join(Duration.ofSeconds(30));
        }
    }

    private static void beat(TrialWorks storming, CountDownLatch over) {
        try {
            do {
                storming.beat(true);
            } while (!over.await(1, TimeUnit.SECONDS));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Seconds beyond the delay until each was on the stream, one after the other; without end where it was not. */
    private static List<Double> broken(List<TrialWorks> works, StreamWatch stream, Duration patience) throws Exception {
        List<Double> seconds = new ArrayList<>();
        for (TrialWorks one : works) {
            one.beat(false);
            TimeUnit.MILLISECONDS.sleep(NORMAL.toMillis());
            long sent = System.nanoTime();
            one.beat(true);
            boolean came = Patience.until(patience, () -> !stream.of(works(one)).isEmpty());
            stream.mustFollow();
            seconds.add(
                    came ? (stream.of(works(one)).getFirst().nanos() - sent) / 1e9 - DELAY : Double.POSITIVE_INFINITY);
        }
        return seconds;
    }

    private static void judge(
            TrialReport.Notes notes,
            List<Double> before,
            List<Double> during,
            int most,
            List<StreamWatch.Told> pushes) {
        double usual =
                before.stream().sorted().skip(before.size() / 2).findFirst().orElseThrow();
        double worst = values(during).max().orElseThrow();
        notes.add(
                "what breaks in another works reaches the stream within " + most + " s beyond its delay, or "
                        + (int) TIMES + " times what it takes without a storm",
                "before " + text(before) + ", during " + text(during),
                Double.isFinite(usual) && worst <= Math.max(most, TIMES * usual));
        notes.add(
                "the storm is told in at most " + MOST_PUSHES + " pushes, and is told",
                pushes.size() + " pushes, the largest of "
                        + pushes.stream()
                                .mapToInt(StreamWatch.Told::bytes)
                                .max()
                                .orElse(0) + " bytes",
                !pushes.isEmpty() && pushes.size() <= MOST_PUSHES);
    }

    /** As many as the query side shows on one page are looked at. */
    private static void mustBeRaised(TrialReport.Notes notes, TrialWorks storming, AlarmWatch alarms, Duration patience)
            throws Exception {
        Set<String> points =
                storming.points().stream().map(TrialWorks.Point::name).collect(Collectors.toSet());
        AlarmWatch.Count raised = alarms.await(works(storming), points.size(), patience);
        notes.add("every alarm of the storm is raised", raised.text(), raised.all());
    }

    private static TrialWorks known(TrialWorks works) throws Exception {
        Patience.mustCome("the door to know the trial's works", OPENING, works::isKnown);
        return works;
    }

    private static String works(TrialWorks one) {
        return one.points().getFirst().device().substring(0, 12);
    }

    private static DoubleStream values(List<Double> seconds) {
        return seconds.stream().mapToDouble(Double::doubleValue);
    }

    private static String text(List<Double> seconds) {
        return seconds.stream().map("%.2f s"::formatted).collect(Collectors.joining(", "));
    }
}
