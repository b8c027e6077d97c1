package io.forgewatch.stack.trial;

import io.forgewatch.query.projection.Place;
import io.forgewatch.stack.Patience;
import io.forgewatch.stack.Progress;
import io.forgewatch.stack.StackOptions;
import io.forgewatch.stack.StackPort;
import io.forgewatch.stack.demo.CommandApi;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Thousands come to the stream of warnings and vanish, half of them while the document store hangs or refuses connections. */
final class Connections implements Trial {

    private static final String LISTENERS = "forgewatch.stream.listeners";
    private static final List<String> READS = List.of("forgewatch.reads.busy", "forgewatch.reads.waiting");
    private static final int HONEST = 4;
    private static final int QUARTERS = 4;

    @Override
    public String name() {
        return "connections";
    }

    @Override
    public String sentence() {
        return "Thousands of readers connect and vanish, half of them while the document store is away: none is left behind, and"
                + " who stays hears all.";
    }

    @Override
    public List<Setting> settings() {
        return List.of(
                new Setting("cycles", "10000", "how many connect and vanish"),
                new Setting("seconds", "20", "how long the store is away in each way, at least"),
                new Setting("at-once", "64", "how many are connected at the same time"),
                new Setting("patience", "120", "seconds until all is as it was"));
    }

    @Override
    public TrialReport make(StackOptions beside, TrialSettings set, Progress progress) throws Exception {
        TrialReport.Notes notes = new TrialReport.Notes();
        Duration patience = set.seconds("patience");
        try (TrialStack stack = TrialStack.in(beside, name(), progress);
                StoreProxy proxy = StoreProxy.before(stack.port(StackPort.MONGODB));
                HttpClient client = HttpClient.newHttpClient()) {
            stack.start(usual -> Map.of(), usual -> throughProxy(usual, stack.port(StackPort.MONGODB), proxy.port()));
            CommandApi api = CommandApi.signInWhenOpened(client, stack.run().command(), stack.ministry());
            List<StreamWatch> honest = new ArrayList<>();
            try (TrialCountry before = TrialCountry.apart(stack.run(), api, 1, 1, TrialPoint.PRESSURE);
                    TrialCountry after = TrialCountry.apart(stack.run(), api, 2, 1, TrialPoint.PRESSURE)) {
                for (int i = 0; i < HONEST; i++) {
                    honest.add(StreamWatch.open(stack.run().query(), api.token(), null));
                }
                before.become(TrialCountry.Health.BROKEN);
                mustHear("before", honest, before.enterprises(), patience, notes);
                comeAndGo(
                        new Vanishing(
                                stack.run().query(),
                                api.token(),
                                () -> newest(honest.getFirst()),
                                set.number("at-once")),
                        set.number("cycles"),
                        set.seconds("seconds"),
                        proxy,
                        notes,
                        progress);
                mustListen(stack, HONEST, "those who stayed listen and nobody else", patience, notes);
                after.become(TrialCountry.Health.BROKEN);
                mustHear("after", honest, after.enterprises(), patience, notes);
            } finally {
                honest.forEach(StreamWatch::close);
            }
            mustListen(stack, 0, "when they have gone too, nobody listens", patience, notes);
            mustBeFree(stack, patience, notes);
        }
        return notes.report();
    }

    private static Map<String, Object> throughProxy(Map<String, Object> usual, int store, int proxy) {
        return Map.of(
                "forgewatch.mongodb.uri",
                String.valueOf(usual.get("forgewatch.mongodb.uri")).replace(":" + store, ":" + proxy));
    }

    /** Half while all is well, a quarter while the store hangs, a quarter while it refuses. */
    private static void comeAndGo(
            Vanishing readers, int cycles, Duration away, StoreProxy proxy, TrialReport.Notes notes, Progress progress)
            throws Exception {
        int quarter = Math.max(1, cycles / QUARTERS);
        readers.comeAndGo(cycles - 2 * quarter);
        progress.tell("%d came and went; the document store hangs".formatted(cycles - 2 * quarter));
        int wellUnanswered = readers.unanswered();
        int wellBegun = readers.begun();
        proxy.freeze();
        comeAndGo(readers, quarter, away);
        progress.tell("%d more; it refuses connections".formatted(quarter));
        proxy.refuse();
        comeAndGo(readers, quarter, away);
        progress.tell("%d more; it is back".formatted(quarter));
        proxy.pass();
        notes.add(
                "who connects while all is well gets a stream",
                wellBegun + " streams begun, " + wellUnanswered + " not",
                wellBegun > 0 && wellUnanswered == 0);
        notes.add(
                "while the store is away streams begin, or are refused in time",
                (readers.begun() - wellBegun) + " begun, " + (readers.unanswered() - wellUnanswered) + " not",
                readers.begun() > wellBegun);
        notes.add("nobody's last id is called wrong", readers.blamed() + " answered 4xx", readers.blamed() == 0);
    }

    /** One half at once, and the other at the end of a time. */
    private static void comeAndGo(Vanishing readers, int cycles, Duration time) throws Exception {
        long end = System.nanoTime() + time.toNanos();
        readers.comeAndGo(cycles / 2);
        if (!Patience.until(Duration.ofNanos(Math.max(0, end - System.nanoTime())), () -> false)) {
            readers.comeAndGo(cycles - cycles / 2);
        }
    }

    private static void mustHear(
            String when, List<StreamWatch> honest, Set<String> of, Duration patience, TrialReport.Notes notes)
            throws Exception {
        boolean all = Patience.until(
                patience,
                () -> honest.stream().allMatch(one -> one.enterprises().containsAll(of)));
        long heard = honest.stream()
                .filter(one -> one.enterprises().containsAll(of) && one.ended().isEmpty())
                .count();
        notes.add("who stays hears of a warning " + when, heard + " of " + honest.size(), all && heard == HONEST);
    }

    /** Who vanished while he asked the store holds no place there, and stands in no queue. */
    private static void mustBeFree(TrialStack stack, Duration patience, TrialReport.Notes notes) throws Exception {
        boolean free = Patience.until(
                patience, () -> READS.stream().mapToDouble(stack::gauge).allMatch(held -> held == 0));
        String held = READS.stream()
                .map(gauge -> gauge + " %.0f".formatted(stack.gauge(gauge)))
                .collect(Collectors.joining(", "));
        notes.add("no place at the document store is held, and nobody waits for one", held, free);
    }

    /** What he was told last; all there ever was before that. */
    private static String newest(StreamWatch of) {
        Place last = of.lastId();
        return (last == null ? StreamWatch.BEGINNING : last).wire();
    }

    private static void mustListen(
            TrialStack stack, int expected, String sentence, Duration patience, TrialReport.Notes notes)
            throws Exception {
        boolean right = Patience.until(patience, () -> stack.gauge(LISTENERS) == expected);
        notes.add(sentence, "%.0f listen".formatted(stack.gauge(LISTENERS)), right);
    }
}
