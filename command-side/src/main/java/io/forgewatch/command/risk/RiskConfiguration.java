package io.forgewatch.command.risk;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What runs for risk. */
@Configuration(proxyBeanMethods = false)
class RiskConfiguration {

    @Bean
    RiskModel riskModel() {
        return RiskModel.standard();
    }

    @Bean
    Risk risk(RiskModel model) {
        return new Risk(model);
    }

    @Bean
    WhenAlarmChangesThenAssessRisk whenAlarmChangesThenAssessRisk(RiskModel model) {
        return new WhenAlarmChangesThenAssessRisk(model);
    }

    @Bean
    WhenRiskFallsThenAssessAgain whenRiskFallsThenAssessAgain(RiskModel model) {
        return new WhenRiskFallsThenAssessAgain(model);
    }
}
