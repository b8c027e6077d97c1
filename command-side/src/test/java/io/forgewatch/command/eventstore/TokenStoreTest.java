package io.forgewatch.command.eventstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.axonframework.messaging.eventhandling.processing.streaming.segmenting.Segment;
import org.axonframework.messaging.eventhandling.processing.streaming.token.GlobalSequenceTrackingToken;
import org.axonframework.messaging.eventhandling.processing.streaming.token.TrackingToken;
import org.axonframework.messaging.eventhandling.processing.streaming.token.store.UnableToClaimTokenException;
import org.axonframework.messaging.eventhandling.processing.streaming.token.store.UnableToInitializeTokenException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two owners on one real database; a third is so impatient that every claim but its own has run out for it. */
class TokenStoreTest {

    private static final String RULE = "WhenAlarmChangesThenAssessRisk";

    private final Database database = new Database(PostgresAddress.parse(EmbeddedStore.newDatabase()), 2, 2);
    private final R2dbcTokenStore one = new R2dbcTokenStore(database, "one", Duration.ofMinutes(1));
    private final R2dbcTokenStore other = new R2dbcTokenStore(database, "other", Duration.ofMinutes(1));
    private final R2dbcTokenStore impatient = new R2dbcTokenStore(database, "impatient", Duration.ZERO);

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void given_a_new_processor_when_initialized_then_its_segments_cover_everything_and_can_be_claimed() {
        List<Segment> segments = done(one.initializeTokenSegments(RULE, 4, token(7), null));

        assertThat(segments).hasSize(4);
        assertThat(done(one.fetchSegments(RULE, null))).containsExactlyInAnyOrderElementsOf(segments);
        assertThat(done(one.fetchAvailableSegments(RULE, null))).hasSize(4);
        assertThat(done(one.fetchSegment(RULE, 2, null)))
                .isEqualTo(segments.stream()
                        .filter(segment -> segment.getSegmentId() == 2)
                        .findFirst()
                        .orElseThrow());
        assertThat(position(done(one.fetchToken(RULE, 2, null)))).hasValue(7);
    }

    @Test
    void given_segments_when_initialized_again_then_refused_and_nothing_changes() {
        done(one.initializeTokenSegments(RULE, 1, token(7), null));

        refused(other.initializeTokenSegments(RULE, 1, token(0), null), UnableToClaimTokenException.class);
        refused(
                other.initializeSegment(token(0), RULE, new Segment(0, 0), null),
                UnableToInitializeTokenException.class);

        assertThat(position(done(one.fetchToken(RULE, 0, null)))).hasValue(7);
    }

    @Test
    void given_a_claim_when_another_owner_wants_it_then_refused_until_it_is_released() {
        done(one.initializeTokenSegments(RULE, 1, token(0), null));
        done(one.fetchToken(RULE, 0, null));

        refused(other.fetchToken(RULE, 0, null), UnableToClaimTokenException.class);
        assertThat(done(other.fetchAvailableSegments(RULE, null))).isEmpty();
        refused(other.storeToken(token(5), RULE, 0, null), UnableToClaimTokenException.class);
        done(one.storeToken(token(9), RULE, 0, null));
        done(one.releaseClaim(RULE, 0, null));

        assertThat(position(done(other.fetchToken(RULE, 0, null)))).hasValue(9);
    }

    @Test
    void given_a_claim_that_ran_out_when_taken_over_then_its_old_owner_can_store_and_extend_no_more() {
        done(one.initializeTokenSegments(RULE, 1, token(3), null));
        done(one.fetchToken(RULE, 0, null));

        assertThat(position(done(impatient.fetchToken(RULE, 0, null)))).hasValue(3);

        refused(one.storeToken(token(8), RULE, 0, null), UnableToClaimTokenException.class);
        refused(one.extendClaim(RULE, 0, null), UnableToClaimTokenException.class);
        refused(one.deleteToken(RULE, 0, null), UnableToClaimTokenException.class);
        done(impatient.extendClaim(RULE, 0, null));
        done(impatient.storeToken(token(4), RULE, 0, null));
        assertThat(position(done(impatient.fetchToken(RULE, 0, null)))).hasValue(4);
    }

    @Test
    void given_nothing_claimed_when_released_then_nothing_happens() {
        done(one.initializeTokenSegments(RULE, 1, token(3), null));
        done(other.fetchToken(RULE, 0, null));

        done(one.releaseClaim(RULE, 0, null));

        refused(one.fetchToken(RULE, 0, null), UnableToClaimTokenException.class);
    }

    @Test
    void given_no_such_processor_when_fetched_then_refused() {
        refused(one.fetchToken("NoSuchRule", 0, null), UnableToClaimTokenException.class);
        refused(one.storeToken(token(1), "NoSuchRule", 0, null), UnableToClaimTokenException.class);
        assertThat(done(one.fetchSegments("NoSuchRule", null))).isEmpty();
    }

    @Test
    void given_a_processor_without_a_token_when_fetched_then_there_is_none_and_it_is_claimed() {
        done(one.initializeTokenSegments(RULE, 1, null, null));

        assertThat(done(one.fetchToken(RULE, 0, null))).isNull();
        refused(other.fetchToken(RULE, 0, null), UnableToClaimTokenException.class);
    }

    @Test
    void given_two_owners_of_one_database_when_asked_then_they_name_the_same_storage() {
        assertThat(done(one.retrieveStorageIdentifier(null)))
                .isNotEmpty()
                .isEqualTo(done(other.retrieveStorageIdentifier(null)));
    }

    private static TrackingToken token(long position) {
        return new GlobalSequenceTrackingToken(position);
    }

    private static OptionalLong position(@Nullable TrackingToken token) {
        return token == null ? OptionalLong.empty() : token.position();
    }

    private static <T> T done(CompletableFuture<T> future) {
        return future.orTimeout(20, TimeUnit.SECONDS).join();
    }

    private static void refused(CompletableFuture<?> future, Class<? extends Throwable> how) {
        assertThatThrownBy(() -> done(future)).hasCauseInstanceOf(how);
    }
}
