package io.forgewatch.stack.trial;

import io.forgewatch.stack.FreePort;
import io.forgewatch.stack.Patience;
import io.forgewatch.stack.Progress;
import io.forgewatch.stack.RunFile;
import io.forgewatch.stack.StackOptions;
import io.forgewatch.stack.StackPort;
import io.forgewatch.stack.UsageException;
import io.forgewatch.stack.demo.CommandApi;
import io.forgewatch.stack.kafka.KafkaBroker;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Two instances of each side, of which one reaches a store no longer that the other one reaches: what only one may do must pass to who
 * can do it. Whoever loses it always has the work that others wait for: it folds warnings, or issues them.
 */
final class CutOff implements Trial {

    @Override
    public String name() {
        return "cut-off";
    }

    @Override
    public String sentence() {
        return "Two of each side, and one of them loses a store that the other reaches: every breach is one alarm and is told on"
                + " the other's stream, and by the one itself once it is back.";
    }

    @Override
    public List<Setting> settings() {
        return List.of(
                new Setting("rounds", Loss.all(), "which instance loses what"),
                new Setting("works", "5", "how many fail in each round"),
                new Setting("within", "45", "seconds from the loss until the other's stream has told of the first"),
                new Setting("patience", "120", "seconds until all is told"));
    }

    /** Which instance loses which store. */
    private enum Loss {
        FOLDER_KAFKA(StackPort.QUERY, StackPort.KAFKA),
        FOLDER_MONGODB(StackPort.QUERY, StackPort.MONGODB),
        ISSUER_POSTGRES(StackPort.COMMAND, StackPort.POSTGRES),
        ISSUER_KAFKA(StackPort.COMMAND, StackPort.KAFKA);

        private final StackPort side;
        private final StackPort store;

        Loss(StackPort side, StackPort store) {
            this.side = side;
            this.store = store;
        }

        String flag() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        String told() {
            return (side == StackPort.QUERY ? "who folds warnings" : "who issues warnings") + " loses "
                    + switch (store) {
                        case KAFKA -> "Kafka";
                        case MONGODB -> "MongoDB";
                        default -> "PostgreSQL";
                    };
        }

        static String all() {
            return Arrays.stream(values()).map(Loss::flag).collect(Collectors.joining(","));
        }

        static List<Loss> parse(String text) {
            return Arrays.stream(text.split(","))
                    .map(flag -> Arrays.stream(values())
                            .filter(one -> one.flag().equals(flag))
                            .findFirst()
                            .orElseThrow(() ->
                                    new UsageException("--rounds are some of " + all() + ", not '" + text + "'.")))
                    .toList();
        }
    }

    @Override
    public TrialReport make(StackOptions beside, TrialSettings set, Progress progress) throws Exception {
        List<Loss> rounds = Loss.parse(set.text("rounds"));
        TrialReport.Notes notes = new TrialReport.Notes();
        try (TrialStack stack = TrialStack.in(beside, name(), 2, progress);
                StoreLines lines = StoreLines.to(stack);
                KafkaBroker broker =
                        KafkaBroker.start(stack.folder().resolve("kafka-behind"), FreePort.any(), lines.entrances());
                HttpClient client = HttpClient.newHttpClient()) {
            stack.start(lines::ofCommand, lines::ofQuery);
            progress.tell(
                    "Kafka of this trial is at " + broker.bootstrap() + ", not at " + stack.port(StackPort.KAFKA));
            RunFile run = stack.run();
            TwinInstances instances = new TwinInstances(run, client);
            CommandApi api = CommandApi.signInWhenOpened(client, run.command(), stack.ministry());
            List<TrialCountry> groups = new ArrayList<>();
            try (StreamWatch one = StreamWatch.open(run.queries().getFirst(), api.token(), null);
                    StreamWatch two = StreamWatch.open(run.queries().getLast(), api.token(), null)) {
                for (Loss loss : rounds) {
                    groups.add(TrialCountry.apart(
                            run,
                            api,
                            groups.size() * set.number("works") + 1,
                            set.number("works"),
                            TrialPoint.PRESSURE));
                    RunFile.Instance folder = instances.folder();
                    boolean firstFolds = folder.url().equals(run.queries().getFirst());
                    Duration patience = set.seconds("patience");
                    TwinRound others = new TwinRound(firstFolds ? two : one, patience, notes, progress);
                    TwinRound own = new TwinRound(firstFolds ? one : two, patience, notes, progress);
                    RunFile.Instance loser = loss.side == StackPort.QUERY ? folder : instances.leader(api.token());
                    long lost;
                    try (StoreLines.Cut cut = lines.cut(loss.side, instances.number(loser), loss.store)) {
                        lost = lose(loss, groups.getLast(), others, set.seconds("within"), notes);
                    }
                    own.told("after " + loss.told() + ", on the stream of who folds", groups.getLast(), lost);
                    Patience.mustCome("somebody to fold warnings", patience, instances::hasFolder);
                }
                groups.forEach(TrialCountry::mustPlay);
                TwinFindings.mustBeOneAlarmEach(run, groups, notes);
                TwinFindings.mustBeWhole(
                        run, instances.other(instances.folder()), api.token(), one, set.seconds("patience"), notes);
                for (String query : run.queries()) {
                    TwinFindings.mustBeCounted(
                            new CountersCheck(client, run, query, api.token()), set.seconds("patience"), notes);
                }
            } finally {
                groups.forEach(TrialCountry::close);
            }
        }
        return notes.report();
    }

    /** @return when, by {@link System#nanoTime} */
    private static long lose(Loss loss, TrialCountry group, TwinRound others, Duration within, TrialReport.Notes notes)
            throws Exception {
        long lost = System.nanoTime();
        group.become(TrialCountry.Health.BROKEN);
        long told = others.told("while " + loss.told() + ", on the other's stream", group, lost);
        notes.add(
                "from the moment when " + loss.told() + " to a warning on the other's stream at most "
                        + within.toSeconds() + " s",
                TwinRound.seconds(told),
                told <= within.toNanos());
        return lost;
    }
}
