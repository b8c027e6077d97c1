package io.forgewatch.stack.trial;

import io.forgewatch.stack.KeyMaterial;
import io.forgewatch.stack.Patience;
import io.forgewatch.stack.Progress;
import io.forgewatch.stack.StackOptions;
import io.forgewatch.stack.demo.CommandApi;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * The transparency log's gate is closed while fifty values return: the command side was started again with other keys of the log,
 * so that it cannot vouch for the store, until the ministry opens an epoch.
 */
final class GateClosed implements Trial {

    private static final Duration STARTING = Duration.ofSeconds(60);

    @Override
    public String name() {
        return "gate-closed";
    }

    @Override
    public String sentence() {
        return "The log's gate lets no event in while fifty values return, until an epoch is opened; every alarm must end all the same.";
    }

    @Override
    public List<Setting> settings() {
        return List.of(
                new Setting("seconds", "300", "how long the gate is closed"),
                new Setting("points", "50", "how many are in alarm"),
                new Setting("patience", "180", "seconds until alarms must have ended"));
    }

    @Override
    public TrialReport make(StackOptions beside, TrialSettings set, Progress progress) throws Exception {
        TrialReport.Notes notes = new TrialReport.Notes();
        try (TrialStack stack = TrialStack.in(beside, name(), progress);
                AlarmWatch watch = new AlarmWatch(stack);
                HttpClient client = HttpClient.newHttpClient()) {
            stack.start(usual -> Map.of());
            try (TrialCountry country =
                    TrialCountry.register(stack, set.number("points"), TrialPoint.KINDS, progress)) {
                AlarmsInTrouble alarms = new AlarmsInTrouble(country, watch, notes, progress);
                alarms.begin();
                country.become(TrialCountry.Health.SILENT);
                stack.stop();
                KeyMaterial others = KeyMaterial.keptIn(otherKeys(beside));
                stack.start(usual -> Map.of(
                        "forgewatch.log.ed25519-private-key", others.logEd25519Key(),
                        "forgewatch.log.sm2-private-key", others.logSm2Key()));
                CommandApi ministry =
                        CommandApi.signInWhenOpened(client, stack.run().command(), stack.ministry());
                Patience.mustCome(
                        "the log's gate to be closed", STARTING, () -> isClosed(client, stack, ministry.token()));
                country.mustBeKnown();
                alarms.returnMeanwhile("the log's gate is closed", set.seconds("seconds"));
                CommandApi again = CommandApi.signIn(client, stack.run().command(), stack.ministry());
                boolean closed = isClosed(client, stack, again.token());
                notes.add("the gate is closed until an epoch is opened", closed ? "closed" : "open", closed);
                again.post("/log/epochs", Map.of("reason", "A trial with other keys of the log"), "trial-epoch");
                alarms.mustEnd("the log's gate is closed", set.seconds("patience"));
            }
        }
        return notes.report();
    }

    /** Beside the stack's own folder. */
    private Path otherKeys(StackOptions beside) {
        return beside.home().resolve("trial").resolve(name()).resolve("other-keys");
    }

    /** Whether the log says that the store departs from what was published. */
    private static boolean isClosed(HttpClient client, TrialStack stack, String token) throws Exception {
        HttpResponse<String> answer = client.send(
                HttpRequest.newBuilder(URI.create(stack.run().command() + "/log/checkpoint"))
                        .timeout(STARTING)
                        .header("Authorization", "Bearer " + token)
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        return answer.statusCode() == 503 && answer.body().contains("log-departed");
    }
}
