package io.forgewatch.command.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.forgewatch.event.enterprise.EnterpriseId;
import io.forgewatch.event.identity.Jurisdiction;
import io.forgewatch.event.identity.Role;
import io.forgewatch.web.Caller;
import io.forgewatch.web.Problem;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

class PlacesTest {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Places places = new Places(6, 3);

    @Test
    void given_somebody_with_their_share_when_they_ask_for_more_then_429_and_others_find_places() {
        List<Disposable> own = taken(caller("alice"), 3);

        refused(caller("alice"), 429, "too-many-requests");
        assertThat(places.during(caller("bob"), 1, Mono.just(1)).block(PATIENCE))
                .isEqualTo(1);

        own.getFirst().dispose();
        assertThat(places.during(caller("alice"), 1, Mono.just(1)).block(PATIENCE))
                .isEqualTo(1);
    }

    @Test
    void given_all_places_taken_when_another_comes_then_503_until_one_is_given_back() {
        List<Disposable> alice = taken(caller("alice"), 3);
        taken(caller("bob"), 3);

        refused(caller("carol"), 503, "unavailable");
        alice.getFirst().dispose();
        assertThat(places.during(caller("carol"), 1, Mono.just(1)).block(PATIENCE))
                .isEqualTo(1);
    }

    @Test
    void given_several_accounts_of_one_works_when_they_ask_then_they_share() {
        taken(ofWorks("one"), 2);
        taken(ofWorks("other"), 1);

        refused(ofWorks("third"), 429, "too-many-requests");
    }

    @Test
    void given_what_takes_several_places_when_there_are_fewer_then_it_is_refused_whole() {
        StepVerifier.create(places.during(caller("alice"), 4, Mono.never()))
                .expectErrorSatisfies(
                        refused -> assertThat(((Problem) refused).status()).isEqualTo(429))
                .verify(PATIENCE);
        assertThat(places.underWay()).isZero();
    }

    @Test
    void given_requests_that_end_in_any_way_when_counted_then_all_places_are_free() {
        places.during(caller("a"), 2, Flux.range(0, 3)).blockLast(PATIENCE);
        StepVerifier.create(places.during(caller("a"), 1, Mono.error(new IllegalStateException("x"))))
                .verifyError();
        places.during(caller("a"), 3, Flux.never()).subscribe().dispose();
        places.during(caller("a"), 1, Mono.empty()).block(PATIENCE);

        assertThat(places.underWay()).isZero();
    }

    private void refused(Caller caller, int status, String code) {
        StepVerifier.create(places.during(caller, 1, Mono.just(1)))
                .expectErrorSatisfies(refused -> {
                    Problem problem = (Problem) refused;
                    assertThat(problem.status()).isEqualTo(status);
                    assertThat(problem.code()).isEqualTo(code);
                    assertThat(problem.headers()).containsKey("Retry-After");
                })
                .verify(PATIENCE);
    }

    private List<Disposable> taken(Caller caller, int many) {
        return IntStream.range(0, many)
                .mapToObj(n -> places.during(caller, 1, Mono.never()).subscribe())
                .toList();
    }

    private static Caller caller(String name) {
        return new Caller(name, Role.AUDITOR, new Jurisdiction.Nation(), Instant.MAX);
    }

    private static Caller ofWorks(String name) {
        return new Caller(
                name, Role.ENTERPRISE, new Jurisdiction.Enterprise(new EnterpriseId("GT3702110001")), Instant.MAX);
    }
}
