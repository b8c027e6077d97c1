package io.forgewatch.stack.bench;

import io.forgewatch.event.identity.Role;
import io.forgewatch.stack.Patience;
import io.forgewatch.stack.Progress;
import io.forgewatch.stack.RunFile;
import io.forgewatch.stack.Secrets;
import io.forgewatch.stack.StackException;
import io.forgewatch.stack.bench.Rounds.Round;
import io.forgewatch.stack.demo.CommandApi;
import io.forgewatch.stack.rebuild.ProjectionsApi;
import java.net.URI;
import java.net.http.HttpClient;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import tools.jackson.databind.JsonNode;

/**
 * How many proofs a second the command side serves to an auditor, each of another event of a million, with the entry and the event:
 * beside how many times it answers with something that it has at hand.
 */
public final class ProofRate implements Benchmark {

    private static final String NAME = "eventstore.proof-rate";
    private static final String AT_HAND = "/auth/keys";
    private static final int CONNECTIONS = 32;
    private static final int WARM_UP_ROUNDS = 6;
    private static final int TILE = 256;
    private static final Duration LONGEST_SEALING = Duration.ofMinutes(10);

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<Figure> measure(Progress progress) throws Exception {
        StoreSize size = StoreSize.usual();
        try (StackUnderTest stack =
                StackUnderTest.start(StackUnderTest.emptyHome("proof-rate"), List.of("--no-demo"), progress)) {
            RunFile.Account auditor = auditor(stack);
            // Full tiles: events that come without entries get them when a tile is sealed.
            long events = (size.events() + TILE - 1L) / TILE * TILE;
            fill(stack.run(), events);
            progress.tell("%,d events in the store".formatted(events));
            awaitSealed(signedIn(stack, auditor, size), events, progress);
            awaitRest(stack.run(), events, progress);
            // Again: a token ends after a quarter of an hour.
            return List.of(compare(signedIn(stack, auditor, size), events, size, progress));
        }
    }

    private static Figure compare(ServedRound server, long events, StoreSize size, Progress progress)
            throws InterruptedException {
        List<Round> proofs = new ArrayList<>();
        List<Round> others = new ArrayList<>();
        for (int round = 1 - WARM_UP_ROUNDS; round <= size.rounds(); round++) {
            Round proof = server.run(() -> proofOf(ThreadLocalRandom.current().nextLong(events) + 1));
            Round other = server.run(() -> AT_HAND);
            progress.tell("%s: %,.0f proofs/s (p99 %.1f ms), GET %s %,.0f/s"
                    .formatted(
                            round < 1 ? "Warm-up" : "Round " + round,
                            proof.perSecond(),
                            proof.latencies().millis(99),
                            AT_HAND,
                            other.perSecond()));
            if (round > 0) {
                proofs.add(proof);
                others.add(other);
            }
        }
        return Figure.against(
                NAME, Rounds.median(proofs), "proofs/s", "GET " + AT_HAND, Rounds.median(others), ">=5000");
    }

    private static String proofOf(long position) {
        return "/audit/proofs/" + position;
    }

    private static ServedRound signedIn(StackUnderTest stack, RunFile.Account auditor, StoreSize size)
            throws Exception {
        String side = stack.run().command();
        String token =
                CommandApi.signIn(HttpClient.newHttpClient(), side, auditor).token();
        return new ServedRound(URI.create(side), token, CONNECTIONS, size.length());
    }

    /** An auditor of the whole nation. */
    private static RunFile.Account auditor(StackUnderTest stack) throws Exception {
        RunFile.Account account = new RunFile.Account("auditor", Secrets.password());
        CommandApi.signIn(HttpClient.newHttpClient(), stack.run().command(), stack.ministry())
                .post(
                        "/accounts",
                        Map.of(
                                "username",
                                account.username(),
                                "role",
                                Role.AUDITOR,
                                "jurisdiction",
                                "nation",
                                "displayName",
                                "Auditor",
                                "password",
                                account.password()),
                        "");
        return account;
    }

    /** Events that neither automations nor views look for, so that they leave the processor to what is measured. */
    private static void fill(RunFile run, long upTo) throws SQLException {
        try (Connection connection = StoredAlarms.connect(run);
                Statement statement = connection.createStatement()) {
            statement.execute("""
                    insert into events (position, id, name, version, at, actor, tags, metadata, payload)
                    select n, uuidv7(), 'LogEpochOpened', '1', now(), 'account/zhang.wei', array['log=bench.invalid'], \
                    '{"actor":"account/zhang.wei"}', convert_to('{"host":"bench.invalid","epoch":' || n || \
                    ',"departed":{"origin":"bench.invalid/log/1","size":4711,"root":""},"reason":"",' || \
                    '"at":"2026-11-24T05:15:00.250Z"}', 'UTF8')
                    from generate_series((select coalesce(max(position), 0) + 1 from events), %d) n
                    """.formatted(upTo));
        }
    }

    private static void awaitSealed(ServedRound server, long events, Progress progress) throws Exception {
        long began = System.nanoTime();
        Patience.mustCome("all events to be under a checkpoint", LONGEST_SEALING, () -> {
            server.one("POST", "/log/checkpoints");
            int status = server.one("GET", proofOf(events)).status();
            if (status != 200 && status != 404) {
                throw new StackException("The last event's proof is answered with " + status);
            }
            return status == 200;
        });
        progress.tell("All are sealed after %.0f s".formatted((System.nanoTime() - began) / 1e9));
    }

    /** Until Kafka's copy has them too. */
    private static void awaitRest(RunFile run, long events, Progress progress) throws Exception {
        ProjectionsApi api = new ProjectionsApi(run);
        Patience.mustCome("all events to be copied", LONGEST_SEALING, () -> {
            JsonNode copy = api.copy();
            return copy.required("copied").asLong() >= events;
        });
        progress.tell("Nothing else goes on");
    }
}
