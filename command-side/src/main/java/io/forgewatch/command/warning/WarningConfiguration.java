package io.forgewatch.command.warning;

import io.forgewatch.event.equipment.Catalogue;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What runs for warnings. */
@Configuration(proxyBeanMethods = false)
class WarningConfiguration {

    @Bean
    WarningRules warningRules() {
        return WarningRules.standard();
    }

    @Bean
    Warning warning(WarningRules rules) {
        return new Warning(Catalogue.standard(), rules);
    }

    @Bean
    WhenRiskRisesThenIssueWarning whenRiskRisesThenIssueWarning() {
        return new WhenRiskRisesThenIssueWarning();
    }

    @Bean
    WhenWarningIssuedThenWatchDeadlines whenWarningIssuedThenWatchDeadlines(WarningRules rules) {
        return new WhenWarningIssuedThenWatchDeadlines(rules);
    }

    @Bean
    WhenAnswerSentBackThenEscalate whenAnswerSentBackThenEscalate() {
        return new WhenAnswerSentBackThenEscalate();
    }

    @Bean
    WhenAnythingSettlesThenCloseWarning whenAnythingSettlesThenCloseWarning() {
        return new WhenAnythingSettlesThenCloseWarning();
    }
}
