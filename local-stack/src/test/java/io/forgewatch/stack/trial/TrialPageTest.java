package io.forgewatch.stack.trial;

import static org.assertj.core.api.Assertions.assertThat;

import io.forgewatch.stack.HelpPage;
import org.junit.jupiter.api.Test;

/** The shell reads the page before anything is built: it has to name the trials and flags that there are. */
class TrialPageTest {

    @Test
    void given_all_trials_when_the_page_is_read_then_it_tells_of_them_and_of_no_others() {
        assertThat(HelpPage.of("trial").orElseThrow().text())
                .endsWith(TrialRun.list(TrialRun.ALL).strip());
    }
}
