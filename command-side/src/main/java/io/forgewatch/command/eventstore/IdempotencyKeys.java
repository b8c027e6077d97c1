package io.forgewatch.command.eventstore;

import io.forgewatch.command.decision.Command;
import io.forgewatch.command.decision.Commands.Answer;
import io.forgewatch.command.decision.Refusal;
import io.forgewatch.command.decision.RefusedException;
import io.forgewatch.event.EventJson;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What was answered to commands that came with a key. */
final class IdempotencyKeys {

    private static final TypeReference<Map<String, Object>> ANSWER = new TypeReference<>() {};

    /** So many are forgotten in one transaction: an append that brings one of them waits for no more than that. */
    static final int FORGOTTEN_AT_ONCE = 1_000;

    private final Database database;

    IdempotencyKeys(Database database) {
        this.database = database;
    }

    /**
     * The answer that stands under a key; empty when there is none.
     *
     * @param key begins with its owner's {@code kind/id}
     * @throws RefusedException (in the stream) {@code idempotency-conflict} when another command came with it
     */
    Mono<Answer> answer(String key, String bodyHash) {
        return database.of(Work.of(key))
                .read(connection -> Flux.from(connection
                                .createStatement("select body_hash, answer, position from idempotency_keys"
                                        + " where key = $1 and (expires_at is null or expires_at > now())")
                                .bind(0, key)
                                .execute())
                        .flatMap(result -> result.map((row, meta) -> new Stored(
                                Objects.requireNonNull(row.get(0, String.class)),
                                Objects.requireNonNull(row.get(1, String.class)),
                                Objects.requireNonNull(row.get(2, Long.class))))))
                .next()
                .map(stored -> {
                    if (!stored.bodyHash().equals(bodyHash)) {
                        throw new RefusedException(new Refusal(
                                Refusal.Kind.INVALID,
                                "idempotency-conflict",
                                "该 Idempotency-Key 已用于另一个请求。",
                                "This Idempotency-Key came with another request before."));
                    }
                    return new Answer(stored.position(), EventJson.MAPPER.readValue(stored.answer(), ANSWER));
                });
    }

    /** Forgets people's keys whose time is over, part by part until none is left; answers how many they were. */
    Mono<Long> forgetExpired() {
        return forgetSome()
                .expand(forgotten -> forgotten < FORGOTTEN_AT_ONCE ? Mono.empty() : forgetSome())
                .reduce(0L, Long::sum);
    }

    /** Leaves out what somebody else has in hand: an append that brings a key again, or another instance that forgets it. */
    private Mono<Long> forgetSome() {
        return database.write(connection -> Flux.from(connection
                                .createStatement("with over as materialized (select key from idempotency_keys"
                                        + " where expires_at < now() order by expires_at limit $1 for update skip locked)"
                                        + " delete from idempotency_keys where key in (select key from over)")
                                .bind(0, FORGOTTEN_AT_ONCE)
                                .execute())
                        .flatMap(result -> result.getRowsUpdated()))
                .next();
    }

    private record Stored(String bodyHash, String answer, long position) {}

    /** SHA-256 of what the command says, in hex; what differs when a request is sent again is left out. */
    static String bodyHash(Command command) {
        JsonNode node = EventJson.MAPPER.valueToTree(command);
        if (node instanceof ObjectNode object) {
            object.remove(command.incidental());
        }
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(Command.name(command.getClass()).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest.digest(EventJson.MAPPER.writeValueAsBytes(node)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
