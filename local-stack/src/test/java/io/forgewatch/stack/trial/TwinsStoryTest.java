package io.forgewatch.stack.trial;

import static org.assertj.core.api.Assertions.assertThat;

import io.forgewatch.stack.Await;
import io.forgewatch.stack.Forgewatch;
import io.forgewatch.stack.RunFile;
import io.forgewatch.stack.StackProcess;
import io.forgewatch.stack.demo.CommandApi;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The newcomer's story on two instances of each side, as {@code ./forgewatch run --sides 2} has them: a pump fails, and in the
 * middle of it that instance of each side is killed which does what only one may.
 */
@Timeout(600)
class TwinsStoryTest {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final String POSITION = "Forgewatch-Position";
    private static final JsonMapper MAPPER = new JsonMapper();

    @TempDir
    Path home;

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private StackProcess stack;
    private RunFile run;

    /** Killed whole: nothing of it may outlive that but PostgreSQL, which the next run would end. */
    @AfterEach
    void kill() throws Exception {
        if (run == null) {
            stack.kill();
            return;
        }
        ProcessHandle postgres = ProcessHandle.of(
                        Long.parseLong(Files.readAllLines(home.resolve("data/postgres/data/postmaster.pid"))
                                .getFirst()))
                .orElseThrow();
        List<ProcessHandle> instances = run.instances().stream()
                .flatMap(one -> ProcessHandle.of(one.pid()).stream())
                .toList();
        stack.kill();
        Await.until(
                "no instance outlives the run",
                PATIENCE,
                () -> instances.stream().noneMatch(ProcessHandle::isAlive));
        postgres.destroyForcibly();
        Await.until("PostgreSQL is gone", PATIENCE, () -> !postgres.isAlive());
    }

    @Test
    void
            given_two_of_each_side_when_one_of_each_is_killed_in_the_middle_then_the_story_goes_on_and_every_counter_is_what_the_events_say()
                    throws Exception {
        stack = StackProcess.start(Forgewatch.class, home, StackProcess.freePorts(), "run", "--sides", "2");
        run = stack.awaitReady();
        assertThat(run.commands()).hasSize(2).first().isEqualTo(run.command());
        assertThat(run.queries()).hasSize(2).first().isEqualTo(run.query());
        assertThat(run.accounts()).containsKeys("county", "city");
        String enterprise = run.gateways().getFirst().enterpriseId();
        String ministry = token(run.commands().getLast(), "ministry");
        try (StreamWatch one = StreamWatch.open(run.queries().getFirst(), ministry, StreamWatch.BEGINNING);
                StreamWatch two = StreamWatch.open(run.queries().getLast(), ministry, StreamWatch.BEGINNING)) {
            for (StreamWatch stream : List.of(one, two)) {
                Await.until(
                        "both streams tell of the pump",
                        PATIENCE,
                        () -> stream.enterprises().contains(enterprise));
            }
            String id = one.told().getFirst().warning().required("id").asString();
            String works = token(run.commands().getFirst(), "enterprise");
            String signed = post(run.commands().getLast(), "/warnings/" + id + "/signature", works, Map.of());
            for (String query : run.queries()) {
                assertThat(status(query, id, token(run.commands().getFirst(), "county"), signed))
                        .as("what was done at one instance is read at each that is told its position")
                        .isNotEqualTo("UNSIGNED");
            }

            TwinInstances instances = new TwinInstances(run, client);
            RunFile.Instance folder = instances.folder();
            RunFile.Instance issuer = instances.leader(ministry);
            String command = instances.other(issuer).url();
            String query = instances.other(folder).url();
            TwinInstances.kill(folder);
            TwinInstances.kill(issuer);

            StreamWatch stream = query.equals(run.queries().getFirst()) ? one : two;
            StreamWatch dead = stream.equals(one) ? two : one;
            goOn(id, command, query, stream);
            try (TrialCountry others = TrialCountry.apart(
                    run,
                    CommandApi.signIn(client, command, run.accounts().get("ministry")),
                    90,
                    2,
                    TrialPoint.PRESSURE)) {
                others.become(TrialCountry.Health.BROKEN);
                Await.until(
                        "what breaks now is told on the other's stream",
                        PATIENCE,
                        () -> stream.enterprises().containsAll(others.enterprises()));
                others.mustPlay();
            }

            assertThat(new CountersCheck(client, run, query, ministry).differences(PATIENCE))
                    .isEmpty();
            assertThat(stream.ids()).isSorted().doesNotHaveDuplicates().containsAll(dead.ids());
            try (StreamWatch stored = StreamWatch.open(query, ministry, StreamWatch.BEGINNING)) {
                Await.until(
                        "what was told is what is stored",
                        PATIENCE,
                        () -> stored.ids().equals(stream.ids()));
            }
            assertThat(stream.positions()).containsAll(FoldedEvents.of(run).issued());
            assertThat(stack.output())
                    .contains("(process " + folder.pid() + ") has ended by itself")
                    .contains("(process " + issuer.pid() + ") has ended by itself");
        }
    }

    /** The works answers and its province accepts, through those that are left. */
    private void goOn(String id, String command, String query, StreamWatch stream) throws Exception {
        String works = token(command, "enterprise");
        String answered = post(
                command,
                "/warnings/" + id + "/feedback",
                works,
                Map.of(
                        "cause",
                        "泵跳闸",
                        "measures",
                        "切换备用泵",
                        "person",
                        "欧阳建国",
                        "occurredAt",
                        Instant.now().toString()));
        assertThat(status(query, id, works, answered)).isNotIn("UNSIGNED", "SIGNED");
        String province = token(command, "province");
        String accepted = post(command, "/warnings/" + id + "/feedback/1/acceptance", province, Map.of());
        assertThat(status(query, id, province, accepted)).isNotIn("UNSIGNED", "SIGNED");
        Await.until(
                "the other's stream tells of the answer",
                PATIENCE,
                () -> stream.positions().contains(Long.parseLong(answered)));
    }

    private String token(String command, String tier) throws Exception {
        return CommandApi.signIn(client, command, run.accounts().get(tier)).token();
    }

    /** @return the position that it was answered with */
    private String post(String command, String path, String token, Object body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(command + path))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(MAPPER.writeValueAsString(body)))
                .build();
        HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as("%s: %s", path, answer.body()).isBetween(200, 204);
        return answer.headers().firstValue(POSITION).orElseThrow();
    }

    /** As an instance shows it to whoever names a position; while another takes over it may have to be asked again. */
    private String status(String query, String id, String token, String position) throws Exception {
        JsonNode[] shown = {MAPPER.createObjectNode()};
        Await.until("position " + position + " is shown", PATIENCE, () -> {
            HttpResponse<String> answer = client.send(
                    HttpRequest.newBuilder(URI.create(query + "/warnings/" + id))
                            .header("Authorization", "Bearer " + token)
                            .header(POSITION, position)
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() == 504) {
                return false;
            }
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            shown[0] = MAPPER.readTree(answer.body());
            return true;
        });
        return shown[0].required("status").asString();
    }
}
