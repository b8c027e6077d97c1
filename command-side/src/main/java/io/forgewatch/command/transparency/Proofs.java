package io.forgewatch.command.transparency;

import io.forgewatch.command.eventstore.LogLeaves;
import io.forgewatch.command.eventstore.LogLeaves.LoggedEvent;
import io.forgewatch.command.transparency.ProofController.ConsistencyProof;
import io.forgewatch.command.transparency.ProofController.EventProof;
import io.forgewatch.command.transparency.ProofController.ProvedEvent;
import io.forgewatch.command.transparency.TransparencyLog.Published;
import io.forgewatch.event.Tag;
import io.forgewatch.event.enterprise.EnterpriseId;
import io.forgewatch.event.identity.Jurisdiction;
import io.forgewatch.log.Hash;
import io.forgewatch.log.TlogProof;
import io.forgewatch.web.Caller;
import io.forgewatch.web.Problem;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Makes proofs from tiles in memory and the one event that is asked for. */
final class Proofs {

    private static final String WITHIN = Tag.within("").key() + "=";

    /** Fields that are nobody's to read, sealed or hashed as they are. */
    private static final List<String> SECRET = List.of("\"passwordHash\"", "\"sealedSecret\"");

    private final TransparencyLog log;
    private final LogLeaves leaves;

    Proofs(TransparencyLog log, LogLeaves leaves) {
        this.log = log;
        this.leaves = leaves;
    }

    /**
     * The C2SP tlog-proof that the event at a position is under the last checkpoint.
     *
     * @throws Problem (in the stream) 404 {@code log-not-sealed} when it is not
     */
    private Mono<String> inclusion(long position) {
        return Mono.fromCallable(() -> covering(position))
                .flatMap(published -> published
                        .tree()
                        .inclusion(position - 1)
                        .map(path -> new String(
                                new TlogProof(position - 1, path, published.note()).bytes(), StandardCharsets.UTF_8)));
    }

    /** An event with its proof; 404 {@code not-found} outside of the caller's jurisdiction. */
    Mono<EventProof> event(long position, Caller caller) {
        return inclusion(position)
                .flatMap(proof -> leaves.event(position)
                        .switchIfEmpty(Mono.error(Problem::notFound))
                        .doOnNext(event -> mustSee(caller, event))
                        .map(event -> new EventProof(position, proof, base64(event.entry()), proved(event))));
    }

    /** That the tree of {@code to} events extends that of {@code from}. */
    Mono<ConsistencyProof> consistency(long from, long to) {
        if (from < 1 || to < from) {
            return Mono.error(Problem.invalidParameter("from", "1 <= from <= to. 须满足 1 <= from <= to。"));
        }
        return Mono.fromCallable(() -> covering(to))
                .map(Published::tree)
                .flatMap(last -> Mono.zip(
                                last.of(from).root(),
                                last.of(to).root(),
                                last.of(to).consistency(from))
                        .map(found -> new ConsistencyProof(
                                from,
                                to,
                                found.getT1().base64(),
                                found.getT2().base64(),
                                found.getT3().stream().map(Hash::base64).toList())));
    }

    private Published covering(long position) {
        Published published = log.mustBePublished();
        if (position < 1) {
            throw Problem.notFound();
        }
        if (position > published.checkpoint().size()) {
            throw new Problem(
                    404,
                    "log-not-sealed",
                    "The last checkpoint covers the first "
                            + published.checkpoint().size()
                            + " events: POST /log/checkpoints asks for one of all. 最新检查点尚未覆盖该位置。");
        }
        return published;
    }

    private static void mustSee(Caller caller, LoggedEvent event) {
        String enterprise = event.tags().stream()
                .filter(tag -> tag.startsWith(WITHIN))
                .findFirst()
                .map(tag -> tag.substring(WITHIN.length()))
                .orElse(null);
        if (enterprise != null) {
            caller.mustSee(new EnterpriseId(enterprise));
        } else if (!(caller.jurisdiction() instanceof Jurisdiction.Nation)) {
            throw Problem.notFound();
        }
    }

    private static ProvedEvent proved(LoggedEvent event) {
        return new ProvedEvent(
                event.id(), event.name(), event.version(), event.at(), event.tags(), event.metadata(), payload(event));
    }

    private static @Nullable String payload(LoggedEvent event) {
        String text = new String(event.payload(), StandardCharsets.UTF_8);
        return SECRET.stream().anyMatch(text::contains) ? null : base64(event.payload());
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
