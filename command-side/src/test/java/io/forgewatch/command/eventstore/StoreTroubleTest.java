package io.forgewatch.command.eventstore;

import static org.assertj.core.api.Assertions.assertThat;

import io.forgewatch.web.Problem;
import io.r2dbc.spi.R2dbcBadGrammarException;
import io.r2dbc.spi.R2dbcDataIntegrityViolationException;
import io.r2dbc.spi.R2dbcNonTransientException;
import io.r2dbc.spi.R2dbcNonTransientResourceException;
import io.r2dbc.spi.R2dbcTransientResourceException;
import java.net.ConnectException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class StoreTroubleTest {

    private final StoreTrouble trouble = new StoreTrouble();

    static Stream<Throwable> away() {
        return Stream.of(
                new StoreAwayException(new ConnectException("Connection refused")),
                new R2dbcNonTransientResourceException("closed"),
                new R2dbcTransientResourceException("too many clients"),
                new TimeoutException("nothing came"),
                new CompletionException(new StoreAwayException(new TimeoutException("all are taken"))),
                new IllegalStateException("while sourcing", new R2dbcNonTransientResourceException("broken pipe")));
    }

    @ParameterizedTest
    @MethodSource("away")
    void given_a_store_that_is_away_when_told_to_a_caller_then_503_with_a_time_to_come_back(Throwable failure) {
        Problem problem = trouble.problem(failure).orElseThrow();

        assertThat(problem.status()).isEqualTo(503);
        assertThat(problem.code()).isEqualTo("unavailable");
        assertThat(problem.headers()).containsKey("Retry-After");
    }

    @ParameterizedTest
    @ValueSource(strings = {"57014", "57P01", "53300", "25006", "28P01", "08006", "58030"})
    void given_a_state_that_is_the_servers_when_told_then_503(String state) {
        assertThat(trouble.problem(new Refused(state))).isPresent();
    }

    @Test
    void given_what_our_own_code_did_wrong_when_told_then_it_stays_a_fault() {
        assertThat(trouble.problem(new R2dbcBadGrammarException("no such column", "42703")))
                .isEmpty();
        assertThat(trouble.problem(new R2dbcDataIntegrityViolationException("duplicate key", "23505")))
                .isEmpty();
        assertThat(trouble.problem(new Refused("22P02"))).isEmpty();
        assertThat(trouble.problem(new Refused(null))).isEmpty();
        assertThat(trouble.problem(new IllegalStateException("a bug"))).isEmpty();
    }

    private static final class Refused extends R2dbcNonTransientException {

        private static final long serialVersionUID = 1L;

        Refused(String state) {
            super("refused", state);
        }
    }

    @Test
    void given_a_cause_that_leads_to_itself_when_told_then_an_end_is_found() {
        Exception one = new Exception("one");
        Exception other = new Exception("other", one);
        one.initCause(other);

        assertThat(trouble.problem(one)).isEmpty();
    }
}
