package io.forgewatch.query.warning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.event.CommandListener;
import com.mongodb.event.CommandStartedEvent;
import io.forgewatch.event.RecordedEvent;
import io.forgewatch.event.risk.RiskLevel;
import io.forgewatch.query.given.Store;
import io.forgewatch.query.given.Story;
import io.forgewatch.query.projection.Documents;
import io.forgewatch.query.projection.Folding;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is asked of the store for a warning that comes, on its way to people. */
class WarningFoldingTest {

    private static final String WORKS = "GT3702110001";
    private static final String COLLECTION = "warnings_v9";

    private final AtomicInteger finds = new AtomicInteger();
    private final Store store = new Store(new CommandListener() {
        @Override
        public void commandStarted(CommandStartedEvent event) {
            if (event.getCommandName().equals("find")
                    && COLLECTION.equals(event.getCommand().getString("find").getValue())) {
                finds.incrementAndGet();
            }
        }
    });
    private final Documents<WarningFold.Kept> documents =
            new Documents<>(store.database(), COLLECTION, new WarningFold());
    private final Folding<WarningFold.Kept> folding = new Folding<>(documents, new WarningFold());
    private final Story story = new Story(Instant.parse("2026-11-24T08:00:00Z"));

    private final RecordedEvent first = story.warning(WORKS, 1, RiskLevel.YELLOW);
    private final RecordedEvent second = story.warning(WORKS, 2, RiskLevel.RED);

    @AfterEach
    void close() {
        store.close();
    }

    private WarningFold.Kept stored(int number) {
        return documents.find(WORKS + "-W" + number).block();
    }

    @Test
    void given_that_what_came_was_new_when_a_warning_is_issued_then_it_is_written_without_a_look() {
        folding.apply(List.of(first)).block();
        finds.set(0);

        folding.apply(List.of(second)).block();

        assertThat(finds).hasValue(0);
        assertThat(stored(2).warning().level()).isEqualTo(RiskLevel.RED);
    }

    @Test
    void given_one_that_begins_when_events_come_again_then_each_is_looked_for_and_nothing_changes() {
        folding.apply(List.of(first)).block();
        folding.apply(List.of(second)).block();
        Folding<WarningFold.Kept> next = new Folding<>(documents, new WarningFold());
        finds.set(0);

        next.apply(List.of(first)).block();
        next.apply(List.of(second)).block();

        assertThat(finds).hasValue(2);
        assertThat(stored(1).warning().level()).isEqualTo(RiskLevel.YELLOW);
    }

    @Test
    void given_that_another_one_folds_the_same_when_it_was_first_then_the_write_is_refused_and_the_next_try_looks() {
        folding.apply(List.of(first)).block();
        new Folding<>(documents, new WarningFold()).apply(List.of(second)).block();

        assertThatThrownBy(() -> folding.apply(List.of(second)).block()).hasMessageContaining(COLLECTION);
        folding.forget();
        folding.apply(List.of(second)).block();

        assertThat(stored(2).warning().level()).isEqualTo(RiskLevel.RED);
    }
}
