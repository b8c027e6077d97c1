package io.forgewatch.command.eventstore;

import static org.assertj.core.api.Assertions.assertThat;

import io.forgewatch.command.eventstore.PersonalKeyTable.Row;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

class PersonalKeyRowsTest {

    private static final String LI = "account/li.ming";

    private final PostgresAddress events = PostgresAddress.parse(EmbeddedStore.newDatabase());
    private final PersonalKeyRows one = rows();
    private final PersonalKeyRows other = rows();

    private PersonalKeyRows rows() {
        return new PersonalKeyRows(Database.ofPersonalKeys(events.beside(events.database() + "_keys"), events));
    }

    @AfterEach
    void close() {
        one.close();
        other.close();
    }

    @Test
    void given_no_database_when_first_used_by_two_at_once_then_it_is_made_and_one_of_their_keys_wins() {
        run(Flux.merge(one.add(LI, "one"), other.add(LI, "other")).then());

        assertThat(of(one)).hasSize(1).isEqualTo(of(other));
        assertThat(of(one).getFirst().number()).isEqualTo(1);
    }

    @Test
    void given_many_at_once_when_each_adds_a_key_then_there_is_one() {
        run(Flux.range(0, 32)
                .flatMap(n -> (n % 2 == 0 ? one : other).add(LI, "key " + n), 32)
                .then());

        assertThat(of(one)).hasSize(1);
    }

    @Test
    void given_erased_keys_when_another_is_added_then_it_has_the_next_number_and_the_erased_stay_erased() {
        run(one.add(LI, "a").then(one.erase(LI, 1)).then(one.add(LI, "b")));
        assertThat(of(one)).containsExactly(new Row(LI, 1, null), new Row(LI, 2, "b"));

        run(other.erase(LI, 1));
        assertThat(of(one)).containsExactly(new Row(LI, 1, null), new Row(LI, 2, "b"));

        run(one.add("account/wang", "w").then(other.erase(LI, 2)));
        assertThat(Objects.requireNonNull(
                        one.of(List.of(LI, "account/wang")).collectList().block(Duration.ofSeconds(20))))
                .containsExactly(new Row(LI, 1, null), new Row(LI, 2, null), new Row("account/wang", 1, "w"));
    }

    private static List<Row> of(PersonalKeyRows rows) {
        return Objects.requireNonNull(rows.of(List.of(LI)).collectList().block(Duration.ofSeconds(20)));
    }

    private static void run(Mono<Void> work) {
        work.block(Duration.ofSeconds(60));
    }
}
