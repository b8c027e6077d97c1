package io.forgewatch.command.eventstore;

import io.forgewatch.command.decision.Command;
import io.forgewatch.command.decision.Commands;
import io.forgewatch.command.decision.ConcurrentChangeException;
import io.forgewatch.command.decision.Decider;
import io.forgewatch.command.decision.Refusal;
import io.forgewatch.command.decision.RefusedException;
import io.forgewatch.command.decision.Shares;
import io.forgewatch.command.eventstore.Append.IdempotencyKey;
import io.forgewatch.command.eventstore.Append.Outcome;
import io.forgewatch.event.Actor;
import io.forgewatch.event.EventJson;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ThreadLocalRandom;
import org.axonframework.eventsourcing.eventstore.AppendEventsTransactionRejectedException;
import org.axonframework.messaging.commandhandling.CommandBus;
import org.axonframework.messaging.commandhandling.GenericCommandMessage;
import org.axonframework.messaging.core.GenericMessage;
import org.axonframework.messaging.core.MessageType;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Sends commands over Axon's command bus, and again where what was decided did not hold. */
public final class AxonCommands implements Commands {

    private static final int ATTEMPTS = 24;
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(64);
    private static final long WEEK = Duration.ofDays(7).toSeconds();

    /** People's commands under way at once, so that they are never more than two groups before an alarm. */
    static final int PEOPLE_AT_ONCE = 512;

    /** Of an enterprise with all its accounts, or of an account that is of none. */
    static final int OF_ONE_AT_ONCE = 128;

    /** For work on one entity to be begun. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

    /** For a person to be answered. Longer than anything waits that has not been begun: that is told as not done. */
    private static final Duration LONGEST_FOR_PEOPLE = Duration.ofSeconds(15);

    private final CommandBus bus;
    private final GroupCommit commits;
    private final IdempotencyKeys keys;
    private final DeciderNames deciders;
    private final Duration longestForPeople;
    private final Lanes lanes = new Lanes(LONGEST_WAIT);
    private final Shares ofPeople = new Shares(PEOPLE_AT_ONCE, OF_ONE_AT_ONCE);

    AxonCommands(CommandBus bus, GroupCommit commits, IdempotencyKeys keys, DeciderNames deciders) {
        this(bus, commits, keys, deciders, LONGEST_FOR_PEOPLE);
    }

    /** @param longestForPeople in place of the usual time */
    AxonCommands(
            CommandBus bus,
            GroupCommit commits,
            IdempotencyKeys keys,
            DeciderNames deciders,
            Duration longestForPeople) {
        this.longestForPeople = longestForPeople;
        this.bus = bus;
        this.commits = commits;
        this.keys = keys;
        this.deciders = deciders;
    }

    @Override
    public Mono<Answer> send(Command command, Actor actor, @Nullable String idempotencyKey, @Nullable String cause) {
        return sent(actor.wire(), command, actor, idempotencyKey, cause);
    }

    @Override
    public Mono<Answer> sendFor(String owner, Command command, Actor actor, @Nullable String idempotencyKey) {
        return sent(owner, command, actor, idempotencyKey, null);
    }

    private Mono<Answer> sent(
            String owner, Command command, Actor actor, @Nullable String idempotencyKey, @Nullable String cause) {
        return Mono.defer(() -> {
            Decider<?, Command> decider = deciders.of(command);
            Request request = request(command, decider.name(), actor, idempotencyKey, cause);
            String lane = decider.name() + '/' + decider.key(command);
            return Work.of(actor.wire()) == Work.PEOPLE ? ofPerson(owner, lane, request) : inTurn(lane, request);
        });
    }

    /** Whoever hangs up does not stop it: it is decided and told to the next who asks with the same key. */
    private Mono<Answer> inTurn(String lane, Request request) {
        return told(lanes.inTurn(lane, Work.PRESENT, () -> attempt(request, 1, false)));
    }

    /** What comes when its sender has gone is nobody's error: a failure is passed on as a value, and told only to who still waits. */
    private static Mono<Answer> told(CompletableFuture<Answer> answer) {
        return Mono.fromFuture(
                        answer.<Mono<Answer>>handle(
                                (done, failure) -> failure == null ? Mono.just(done) : Mono.error(cause(failure))),
                        true)
                .flatMap(outcome -> outcome);
    }

    /**
     * Not more of them than there is room for, and each is answered in time. A place is given back when the command is over, not
     * when its sender has gone.
     */
    private Mono<Answer> ofPerson(String owner, String lane, Request request) {
        if (ofPeople.take(owner, 1) != Shares.Taking.TAKEN) {
            return Mono.error(new StoreBusyException("As many commands are under way as may be"));
        }
        CompletableFuture<Answer> answer = lanes.inTurn(lane, Work.PEOPLE, () -> attempt(request, 1, false))
                .whenComplete((done, failure) -> ofPeople.giveBack(owner, 1));
        return told(answer).timeout(longestForPeople, Mono.error(() -> new OutcomeUnknownException(null)));
    }

    private record Request(
            Command command,
            MessageType type,
            Map<String, String> metadata,
            Actor actor,
            @Nullable String key,
            String bodyHash) {}

    private static Request request(
            Command command, String decider, Actor actor, @Nullable String idempotencyKey, @Nullable String cause) {
        Map<String, String> metadata = new HashMap<>();
        metadata.put(StoredEvent.ACTOR, actor.wire());
        if (cause != null) {
            metadata.put(StoredEvent.CAUSE, cause);
        }
        String key = null;
        String bodyHash = "";
        if (idempotencyKey != null) {
            key = actor.wire() + ' ' + idempotencyKey;
            bodyHash = IdempotencyKeys.bodyHash(command);
            metadata.put(DeciderHandler.KEY, key);
            metadata.put(DeciderHandler.BODY_HASH, bodyHash);
            metadata.put(DeciderHandler.KEPT_SECONDS, String.valueOf(keptSeconds(actor)));
        }
        return new Request(command, DeciderNames.type(decider, command.getClass()), metadata, actor, key, bodyHash);
    }

    private static long keptSeconds(Actor actor) {
        return actor.kind().equals("automation") || actor.kind().equals("clock") ? 0 : WEEK;
    }

    private CompletableFuture<Answer> attempt(Request request, int attempt, boolean fresh) {
        return dispatch(request, fresh).thenCompose(handling -> handled(request, attempt, handling));
    }

    private CompletableFuture<Handling> dispatch(Request request, boolean fresh) {
        Map<String, String> metadata = request.metadata();
        if (fresh) {
            metadata = new HashMap<>(metadata);
            metadata.put(DeciderHandler.FRESH, "true");
        }
        return bus.dispatch(
                        new GenericCommandMessage(new GenericMessage(
                                MessageIds.next().toString(), request.type(), request.command(), metadata)),
                        null)
                .thenApply(result -> (Handling) Objects.requireNonNull(result.payload()))
                .exceptionally(failure -> new Handling.Failed(cause(failure)));
    }

    private CompletableFuture<Answer> handled(Request request, int attempt, Handling handling) {
        return switch (handling) {
            case Handling.Appending appending ->
                CompletableFuture.completedFuture(new Answer(appending.position(), appending.answer()));
            // Told to nobody before the store was asked: what was kept may be old.
            case Handling.Refused refused when !refused.fresh() -> attempt(request, attempt, true);
            case Handling.Nothing nothing when !nothing.fresh() -> attempt(request, attempt, true);
            case Handling.Refused(Refusal refusal, boolean fresh) ->
                known(request)
                        .thenCompose(known -> known == null
                                ? CompletableFuture.failedFuture(new RefusedException(refusal))
                                : CompletableFuture.completedFuture(known));
            case Handling.Nothing nothing ->
                known(request)
                        .thenCompose(known ->
                                known == null ? keep(request, nothing) : CompletableFuture.completedFuture(known));
            case Handling.Failed(Throwable failure) -> failed(request, attempt, failure);
        };
    }

    private CompletableFuture<Answer> failed(Request request, int attempt, Throwable failure) {
        if (failure instanceof KeyKnownException) {
            return known(request)
                    .thenCompose(known -> known == null
                            ? CompletableFuture.failedFuture(failure)
                            : CompletableFuture.completedFuture(known));
        }
        if (!(failure instanceof AppendEventsTransactionRejectedException)) {
            return CompletableFuture.failedFuture(failure);
        }
        if (attempt >= ATTEMPTS) {
            return CompletableFuture.failedFuture(new ConcurrentChangeException());
        }
        if (attempt == 1) {
            return attempt(request, 2, true);
        }
        long longest = Math.min(LONGEST_PAUSE.toMillis(), 1L << Math.min(attempt, 10));
        return Mono.delay(Duration.ofMillis(ThreadLocalRandom.current().nextLong(longest + 1)))
                .toFuture()
                .thenCompose(unused -> attempt(request, attempt + 1, true));
    }

    private CompletableFuture<@Nullable Answer> known(Request request) {
        return request.key() == null
                ? CompletableFuture.completedFuture(null)
                : keys.answer(request.key(), request.bodyHash()).toFuture();
    }

    /** A person who asks for what is so already gets the same answer to the same key later on, whatever happened in between. */
    private CompletableFuture<Answer> keep(Request request, Handling.Nothing nothing) {
        Answer answer = new Answer(nothing.position(), nothing.answer());
        if (request.key() == null || !request.actor().kind().equals("account")) {
            return CompletableFuture.completedFuture(answer);
        }
        CompletableFuture<Outcome> done = new CompletableFuture<>();
        String body = EventJson.MAPPER.writeValueAsString(nothing.answer());
        commits.submit(new Append(
                java.util.List.of(),
                null,
                0,
                new IdempotencyKey(request.key(), request.bodyHash(), body, WEEK, nothing.position()),
                done));
        return done.thenCompose(outcome -> outcome instanceof Outcome.KeyKnown
                ? known(request).thenApply(known -> known == null ? answer : known)
                : CompletableFuture.completedFuture(answer));
    }

    private static Throwable cause(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }
}
