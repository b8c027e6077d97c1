package io.forgewatch.stack.trial;

import io.forgewatch.event.identity.Role;
import io.forgewatch.stack.Progress;
import io.forgewatch.stack.RunFile;
import io.forgewatch.stack.Secrets;
import io.forgewatch.stack.StackOptions;
import io.forgewatch.stack.demo.CommandApi;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Two instances of each side. Water fails in three groups of works: while all is well, as that instance of the query side is
 * killed which folds warnings, and as that of the command side is killed which issues them.
 */
final class Twins implements Trial {

    @Override
    public String name() {
        return "twins";
    }

    @Override
    public String sentence() {
        return "Two of each side, and one of each is killed: every breach is one alarm and is told on the other's stream.";
    }

    @Override
    public List<Setting> settings() {
        return List.of(
                new Setting("works", "10", "how many fail in each of the three groups"),
                new Setting(
                        "within", "10", "seconds from the folder's kill to the first warning on the other's stream"),
                new Setting("patience", "120", "seconds until all is told"));
    }

    @Override
    public TrialReport make(StackOptions beside, TrialSettings set, Progress progress) throws Exception {
        TrialReport.Notes notes = new TrialReport.Notes();
        try (TrialStack stack = TrialStack.in(beside, name(), 2, progress);
                HttpClient client = HttpClient.newHttpClient()) {
            stack.start(usual -> Map.of());
            RunFile run = stack.run();
            TwinInstances instances = new TwinInstances(run, client);
            CommandApi api = CommandApi.signInWhenOpened(client, run.command(), stack.ministry());
            int works = set.number("works");
            try (TrialCountry first = TrialCountry.apart(run, api, 1, works, TrialPoint.PRESSURE);
                    TrialCountry second = TrialCountry.apart(run, api, works + 1, works, TrialPoint.PRESSURE);
                    TrialCountry third = TrialCountry.apart(run, api, 2 * works + 1, works, TrialPoint.PRESSURE);
                    StreamWatch one = StreamWatch.open(run.queries().getFirst(), api.token(), null);
                    StreamWatch two = StreamWatch.open(run.queries().getLast(), api.token(), null)) {
                progress.tell("Three groups of " + works + " works are well");
                List<TrialCountry> groups = List.of(first, second, third);
                RunFile.Instance folder = instances.folder();
                RunFile.Instance other = instances.other(folder);
                boolean firstIsOther = other.url().equals(run.queries().getFirst());
                Duration patience = set.seconds("patience");
                TwinRound others = new TwinRound(firstIsOther ? one : two, patience, notes, progress);
                TwinRound own = new TwinRound(firstIsOther ? two : one, patience, notes, progress);

                failAllIsWell(first, others, own);
                openAccount(api, first.enterprises().iterator().next());
                ComingBack.mustBeat(own.stream(), notes);
                long folderKilled = kill(folder, second);
                try (ComingBack back = ComingBack.to(other.url(), api.token(), own.stream(), patience)) {
                    told(others, "the folder", folderKilled, second, set.seconds("within"), notes);
                    long issuerKilled = kill(instances.leader(api.token()), third);
                    told(others, "the issuer of warnings", issuerKilled, third, patience, notes);

                    mustBePlayed(groups, works, notes);
                    TwinFindings.mustBeOneAlarmEach(run, groups, notes);
                    TwinFindings.mustBeWhole(run, other, api.token(), others.stream(), patience, notes);
                    back.mustHear(others.stream().ids(), patience, notes);
                }
                TwinFindings.mustBeCounted(new CountersCheck(client, run, other.url(), api.token()), patience, notes);
            }
        }
        return notes.report();
    }

    private static void failAllIsWell(TrialCountry group, TwinRound others, TwinRound own) throws Exception {
        group.become(TrialCountry.Health.BROKEN);
        long broken = System.nanoTime();
        others.told("with two of each, on the other's stream", group, broken);
        own.told("with two of each, on the folder's own stream", group, broken);
    }

    /** Something happens of which no warning comes. */
    private static void openAccount(CommandApi api, String enterprise) throws Exception {
        Map<String, Object> account = Map.of(
                "username",
                "trial-twins",
                "role",
                Role.ENTERPRISE,
                "jurisdiction",
                "enterprise:" + enterprise,
                "displayName",
                "Nobody",
                "password",
                Secrets.password());
        api.post("/accounts", account, "trial-twins");
    }

    /**
     * The water fails as an instance is about to be killed: what the one has begun, the other has to end.
     *
     * @return when it was gone, by {@link System#nanoTime}
     */
    private static long kill(RunFile.Instance doomed, TrialCountry failing) throws Exception {
        failing.become(TrialCountry.Health.BROKEN);
        TwinInstances.kill(doomed);
        return System.nanoTime();
    }

    private static void told(
            TwinRound others, String killed, long since, TrialCountry group, Duration within, TrialReport.Notes notes)
            throws Exception {
        long told = others.told("after the kill of " + killed + ", on the other's stream", group, since);
        notes.add(
                "from the kill of " + killed + " to a warning on the other's stream at most " + within.toSeconds()
                        + " s",
                TwinRound.seconds(told),
                told <= within.toNanos());
    }

    private static void mustBePlayed(List<TrialCountry> groups, int works, TrialReport.Notes notes) {
        groups.forEach(TrialCountry::mustPlay);
        long lost = groups.stream().mapToLong(TrialCountry::lostFrames).sum();
        notes.add(
                "readings go on through the other door (a frame without an answer is not sent again here)",
                lost + " frames without an answer",
                groups.stream().allMatch(group -> group.lostFrames() <= 2L * works));
    }
}
