package io.forgewatch.stack.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class PerformancePageTest {

    @Test
    void given_figures_when_written_then_each_has_a_row_in_order_of_its_name_with_what_it_reached() {
        String page = PerformancePage.text(
                List.of(
                        Figure.of("main.start-warm", 9.44, "s", "<=25"),
                        Figure.against("eventstore.append", 900, "x/s", "raw inserts", 1_000, "ratio>=1.0"),
                        Figure.of("main.start-first", 20, "s", "")),
                "2 cores",
                LocalDate.of(2026, 11, 25));

        assertThat(page).contains("on 2026-11-25", "Machine: 2 cores.");
        assertThat(page.lines().filter(line -> line.startsWith("| `")))
                .containsExactly(
                        "| `eventstore.append` | 900.0 | x/s | raw inserts | 0.90 | `ratio>=1.0` | missed |",
                        "| `main.start-first` | 20.0 | s |  |  |  |  |",
                        "| `main.start-warm` | 9.4 | s |  |  | `<=25` | met |");
    }
}
