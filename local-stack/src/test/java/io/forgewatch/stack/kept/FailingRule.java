package io.forgewatch.stack.kept;

import io.forgewatch.command.decision.Automation;
import io.forgewatch.command.decision.Command;
import io.forgewatch.command.decision.DueDate;
import io.forgewatch.event.DomainEvent;
import io.forgewatch.event.RecordedEvent;
import java.util.List;
import java.util.Set;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** One automation's rule fails on every event of one enterprise, so that it is parked there as it would be in earnest. */
@Configuration(proxyBeanMethods = false)
public class FailingRule {

    static final String AUTOMATION = "WhenAlarmChangesThenAssessRisk";
    static final String ENTERPRISE = "GT4105050001";

    @Bean
    static BeanPostProcessor failingRuleForOne() {
        return new BeanPostProcessor() {
            @Override
            public Object postProcessAfterInitialization(Object bean, String name) {
                return bean instanceof Automation rule && rule.name().equals(AUTOMATION) ? new Failing(rule) : bean;
            }
        };
    }

    private record Failing(Automation rule) implements Automation {

        @Override
        public String name() {
            return rule.name();
        }

        @Override
        public Set<Class<? extends DomainEvent>> on() {
            return rule.on();
        }

        @Override
        public List<Command> then(RecordedEvent event) {
            if (ENTERPRISE.equals(event.event().enterpriseId())) {
                throw new IllegalStateException("A rule that fails on every event of " + ENTERPRISE);
            }
            return rule.then(event);
        }

        @Override
        public List<DueDate> due(RecordedEvent event) {
            return rule.due(event);
        }
    }
}
