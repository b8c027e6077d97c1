package io.forgewatch.stack.bench;

import io.forgewatch.event.identity.Role;
import io.forgewatch.stack.Patience;
import io.forgewatch.stack.Progress;
import io.forgewatch.stack.RunFile;
import io.forgewatch.stack.Secrets;
import io.forgewatch.stack.demo.CommandApi;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What a storm of alarms in one works does to breaches in others: how long they take to the ministry's stream before it and while it
 * lasts, and how often its own people are called.
 */
public final class BreachInStorm implements Benchmark {

    private static final int REHEARSED = 40;
    private static final int WARM_SECONDS = 20;
    /** So long nothing comes on the stream of the works: then all was said. */
    private static final Duration QUIET = Duration.ofSeconds(15);

    private static final Duration MOST_AFTER = Duration.ofMinutes(3);

    @Override
    public String name() {
        return "main.breach-in-storm";
    }

    @Override
    public List<Figure> measure(Progress progress) throws Exception {
        StormSize size = StormSize.of(System.getProperties());
        Path home = StackUnderTest.emptyHome("breach-in-storm");
        try (StackUnderTest stack = StackUnderTest.start(home, List.of("--no-demo"), progress);
                HttpClient client = HttpClient.newHttpClient()) {
            BenchCountry country = BenchCountry.register(stack, size.country(), progress);
            BenchWorks works = size.storming();
            progress.tell("Registering the works that will storm: %,d devices".formatted(works.devices()));
            CommandApi ministry = CommandApi.signIn(client, stack.run().command(), stack.ministry());
            List<String> lines = new ArrayList<>(country.lines());
            lines.addAll(works.register(ministry, new AtomicInteger()));
            Path gateways = new BenchCountry(lines, size.devices(), country.probed()).write(home);
            BenchCountry.probe(stack, lines);
            RunFile.Account people = people(ministry, works.enterpriseId());
            int seconds = (REHEARSED + 2 * size.breaches()) / Breaches.A_SECOND + (int) MOST_AFTER.toSeconds();
            String phases = WARM_SECONDS + ":" + size.rate() + "," + seconds + ":" + size.rate();
            try (LoaderProcess loader = LoaderProcess.start(stack, gateways, phases);
                    WarningWatch watch = WarningWatch.open(stack);
                    WarningWatch ours = WarningWatch.open(stack, people)) {
                Breaches breaches = new Breaches(loader, watch, size.works(), size.devices(), progress);
                progress.tell("Warming up at %,d readings/s".formatted(size.rate()));
                breaches.next(Duration.ofSeconds(WARM_SECONDS + 60L));
                breaches.await(breaches.plant(REHEARSED));
                return storm(stack, size, loader, breaches, ours, progress).figures(size);
            }
        }
    }

    private static StormOutcome storm(
            StackUnderTest stack,
            StormSize size,
            LoaderProcess loader,
            Breaches breaches,
            WarningWatch ours,
            Progress progress)
            throws Exception {
        List<String> before = breaches.plant(size.breaches());
        breaches.await(before);
        int pushed = ours.pushes();
        progress.tell("The storm begins");
        List<String> during;
        try (Storm storm = new Storm(loader, size.storming(), size.works(), size)) {
            during = breaches.plant(size.breaches());
            storm.awaitEnd(Duration.ofSeconds(size.seconds() + 30L));
        }
        breaches.await(during);
        progress.tell("The storm is over; %d pushes to its people by now".formatted(ours.pushes() - pushed));
        awaitQuiet(ours, progress);
        StormOutcome outcome =
                new StormOutcome(breaches.latencies(before), breaches.latencies(during), ours.pushes() - pushed, 0, 1);
        return counted(stack, size.storming().enterpriseId(), outcome);
    }

    private static void awaitQuiet(WarningWatch ours, Progress progress) throws Exception {
        int[] seen = {ours.pushes()};
        long[] since = {System.nanoTime()};
        Patience.mustCome("the stream of the works to fall quiet", MOST_AFTER, () -> {
            ours.mustFollow();
            if (ours.pushes() != seen[0]) {
                seen[0] = ours.pushes();
                since[0] = System.nanoTime();
                progress.tell("Another push");
            }
            return System.nanoTime() - since[0] > QUIET.toNanos();
        });
    }

    private static RunFile.Account people(CommandApi ministry, String enterpriseId) throws Exception {
        RunFile.Account account = new RunFile.Account("people-in-storm", Secrets.password());
        ministry.post(
                "/accounts",
                Map.of(
                        "username",
                        account.username(),
                        "role",
                        Role.ENTERPRISE,
                        "jurisdiction",
                        "enterprise:" + enterpriseId,
                        "displayName",
                        "People in the storm",
                        "password",
                        account.password()),
                "");
        return account;
    }

    /** With the alarms that the store has of the works. */
    private static StormOutcome counted(StackUnderTest stack, String enterpriseId, StormOutcome outcome)
            throws Exception {
        try (Connection connection = StoredAlarms.connect(stack.run());
                PreparedStatement query = connection.prepareStatement(
                        "select count(*), coalesce(extract(epoch from max(at) - min(at)), 0) from events"
                                + " where name = 'AlarmRaised' and ? = any (tags)")) {
            query.setString(1, "within=" + enterpriseId);
            try (ResultSet row = query.executeQuery()) {
                row.next();
                return new StormOutcome(
                        outcome.before(),
                        outcome.during(),
                        outcome.pushes(),
                        row.getLong(1),
                        Math.max(1, row.getDouble(2)));
            }
        }
    }
}
