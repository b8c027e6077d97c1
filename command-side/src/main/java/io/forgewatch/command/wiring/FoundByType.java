package io.forgewatch.command.wiring;

import io.forgewatch.command.CommandSide;
import io.forgewatch.command.decision.Automation;
import io.forgewatch.command.decision.Decider;
import io.forgewatch.event.equipment.Catalogue;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.FilterType;
import org.springframework.context.annotation.FullyQualifiedAnnotationBeanNameGenerator;

/**
 * Finds what decides and what follows from it by what they are (ADR 40): nobody lists them, and they bear no mark of a framework.
 * Nested classes are passed over: tests have such, on the class path that they start a whole side with.
 */
@Configuration(proxyBeanMethods = false)
@ComponentScan(
        basePackageClasses = CommandSide.class,
        useDefaultFilters = false,
        nameGenerator = FullyQualifiedAnnotationBeanNameGenerator.class,
        includeFilters =
                @ComponentScan.Filter(
                        type = FilterType.ASSIGNABLE_TYPE,
                        classes = {Decider.class, Automation.class}),
        excludeFilters = @ComponentScan.Filter(type = FilterType.REGEX, pattern = ".*\\$.*"))
class FoundByType {

    /** What most of them are made with. Models and rules are their capabilities' beans. */
    @Bean
    Catalogue catalogue() {
        return Catalogue.standard();
    }
}
