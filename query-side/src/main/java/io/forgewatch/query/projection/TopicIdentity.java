package io.forgewatch.query.projection;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.RetriableException;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/**
 * Which topic of a name there is: one that was deleted and made again has another id. A Kafka consumer goes on in such a one as
 * if nothing had been, at the offset where it was, when enough was written to it before the next fetch.
 */
final class TopicIdentity {

    /** No topic is deleted, made again and written up to where a reader is in this time; many readers share one answer. */
    private static final long FRESH_NANOS = Duration.ofMillis(20).toNanos();

    private final Mono<Admin> admin;
    private final String topic;
    private final AtomicReference<@Nullable Look> last = new AtomicReference<>();

    private record Look(long atNanos, Mono<Uuid> id) {}

    TopicIdentity(Mono<Admin> admin, String topic) {
        this.admin = admin;
        this.topic = topic;
    }

    /** The id as it is now; while there is no such topic or nobody answers, it waits. */
    Mono<Uuid> id() {
        return now().retryWhen(Retry.backoff(Long.MAX_VALUE, Duration.ofMillis(100))
                .maxBackoff(Duration.ofSeconds(1))
                .jitter(0.5)
                .filter(RetriableException.class::isInstance));
    }

    /** The same; fails while there is no such topic or nobody answers. */
    Mono<Uuid> now() {
        return Mono.defer(() -> Objects.requireNonNull(last.updateAndGet(TopicIdentity.this::fresh)).id);
    }

    private Look fresh(@Nullable Look known) {
        long now = System.nanoTime();
        return known != null && now - known.atNanos < FRESH_NANOS ? known : new Look(now, asked().cache());
    }

    private Mono<Uuid> asked() {
        return admin.flatMap(client -> Mono.fromCompletionStage(() -> described(client)))
                .map(TopicDescription::topicId);
    }

    private CompletionStage<TopicDescription> described(Admin client) {
        return Objects.requireNonNull(
                        client.describeTopics(List.of(topic)).topicNameValues().get(topic))
                .toCompletionStage();
    }
}
