package io.forgewatch.command.automation;

import static org.assertj.core.api.Assertions.assertThat;

import io.forgewatch.command.automation.ParkedRows.OfAutomation;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

class AutomationReportTest {

    private static final String WORKS = "within=GT3702110001";
    private static final Parked BEHIND = new Parked(WORKS, WORKS, 4, true, "More came than can wait");
    private static final Parked FAILING = new Parked(WORKS, WORKS, 4, false, "no factor");

    private static AutomationReport report(Parked parked, Duration behindFor) {
        return new AutomationReport("Echo", true, 9, 0, null, List.of(parked), behindFor);
    }

    @Test
    void given_more_than_can_wait_when_that_lasts_then_it_needs_attention() {
        Duration lasts = AutomationReport.BEHIND_TOLD_AFTER;
        assertThat(report(BEHIND, lasts.minusMillis(1)).needsAttention()).isFalse();
        assertThat(report(BEHIND, lasts).needsAttention()).isTrue();
        assertThat(report(FAILING, Duration.ZERO).needsAttention()).isTrue();
    }

    @Test
    void given_what_is_parked_elsewhere_when_claims_are_looked_at_then_it_is_read_now_and_then_and_when_others_run() {
        AtomicInteger reads = new AtomicInteger();
        AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 3);
        ParkedElsewhere elsewhere = new ParkedElsewhere(
                names -> {
                    reads.incrementAndGet();
                    return Flux.fromIterable(names).map(name -> new OfAutomation(name, BEHIND));
                },
                nanos::get);
        for (int look = 0; look < 10; look++) {
            assertThat(elsewhere.of(List.of("A", "B")).block()).containsOnlyKeys("A", "B");
            nanos.addAndGet(Duration.ofMillis(499).toNanos());
        }
        assertThat(reads.get()).isEqualTo(1);
        assertThat(elsewhere.of(List.of("A", "B", "C")).block()).containsOnlyKeys("A", "B", "C");
        assertThat(reads.get()).isEqualTo(2);
        nanos.addAndGet(ParkedElsewhere.READ_EVERY.toNanos());
        assertThat(elsewhere.of(List.of("C", "A", "B")).block()).hasSize(3);
        assertThat(reads.get()).isEqualTo(3);
    }
}
