package io.forgewatch.stack.trial;

import com.mongodb.ConnectionString;
import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import io.forgewatch.stack.RunFile;
import io.forgewatch.stack.StackException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import reactor.core.publisher.Flux;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Two instances of each side, in processes of their own: which of them does what only one may, and how to kill it. */
final class TwinInstances {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final JsonMapper MAPPER = new JsonMapper();

    private final RunFile run;
    private final HttpClient client;

    TwinInstances(RunFile run, HttpClient client) {
        this.run = run;
        this.client = client;
    }

    /** The instance of the query side that folds warnings now, as its lease says. */
    RunFile.Instance folder() {
        String database = Objects.requireNonNullElse(new ConnectionString(run.mongodb()).getDatabase(), "forgewatch");
        try (MongoClient documents = MongoClients.create(run.mongodb())) {
            return Flux.from(documents
                            .getDatabase(database)
                            .getCollection("leases")
                            .find())
                    .filter(lease -> lease.getString("_id").startsWith("warnings_v"))
                    .map(lease -> lease.getString("owner"))
                    .filter(owner -> !owner.isEmpty())
                    .map(owner -> of("query").get(Integer.parseInt(owner)))
                    .collectList()
                    .map(List::getLast)
                    .blockOptional(PATIENCE)
                    .orElseThrow(() -> new StackException("Nobody folds warnings"));
        } catch (IndexOutOfBoundsException nobody) {
            throw new StackException("Nobody folds warnings", nobody);
        }
    }

    /** Whether anybody folds warnings now, as far as its lease says. */
    boolean hasFolder() {
        try {
            folder();
            return true;
        } catch (StackException nobody) {
            return false;
        }
    }

    /** Which one of its side it is, from 0. */
    int number(RunFile.Instance instance) {
        return of(instance.side()).indexOf(instance);
    }

    /**
     * The instance of the command side on which warnings are issued now.
     *
     * @param token of the ministry
     */
    RunFile.Instance leader(String token) throws IOException, InterruptedException {
        for (RunFile.Instance instance : of("command")) {
            for (JsonNode automation : automations(instance, token)) {
                if (automation.path("name").asString("").equals("WhenRiskRisesThenIssueWarning")
                        && automation.path("here").asBoolean(false)) {
                    return instance;
                }
            }
        }
        throw new StackException("Warnings are issued on no instance");
    }

    /** The other one of its side. */
    RunFile.Instance other(RunFile.Instance than) {
        return of(than.side()).stream()
                .filter(one -> one.pid() != than.pid())
                .findFirst()
                .orElseThrow(() -> new StackException("There is no other instance"));
    }

    /** As {@code kill -9} does; it is gone when this returns. */
    static void kill(RunFile.Instance instance) throws Exception {
        ProcessHandle process = ProcessHandle.of(instance.pid())
                .orElseThrow(() -> new StackException("Process " + instance.pid() + " is gone already"));
        process.destroyForcibly();
        process.onExit().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    private List<RunFile.Instance> of(String side) {
        return run.instances().stream().filter(one -> one.side().equals(side)).toList();
    }

    private List<JsonNode> automations(RunFile.Instance instance, String token)
            throws IOException, InterruptedException {
        HttpResponse<String> answer = client.send(
                HttpRequest.newBuilder(URI.create(instance.url() + "/automations"))
                        .timeout(PATIENCE)
                        .header("Authorization", "Bearer " + token)
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        return MAPPER.readTree(answer.body()).path("items").valueStream().toList();
    }
}
