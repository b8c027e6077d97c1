package io.forgewatch.command.eventstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.support.PropertySourcesPlaceholderConfigurer;
import org.springframework.core.env.MapPropertySource;

class InstanceIdTest {

    @Test
    void given_no_name_when_started_then_it_does_not_start_and_says_in_both_languages_what_to_set() {
        assertThatThrownBy(() -> started(Map.of()))
                .rootCause()
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("forgewatch.instance is missing")
                .hasMessageContaining("FORGEWATCH_INSTANCE")
                .hasMessageContaining("未设置实例名");
    }

    @Test
    void given_a_name_when_started_then_it_has_that() {
        try (var context = started(Map.of("forgewatch.instance", "command-side-1"))) {
            assertThat(context.getBean(InstanceId.class)).hasToString("command-side-1");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {" ", "a b", "one/two", "实例", "a\n"})
    void given_a_name_that_kafka_would_not_take_when_made_then_refused(String name) {
        assertThatThrownBy(() -> new InstanceId(name)).isInstanceOf(IllegalStateException.class);
    }

    private static AnnotationConfigApplicationContext started(Map<String, Object> settings) {
        AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
        context.getEnvironment().getPropertySources().addFirst(new MapPropertySource("test", settings));
        context.register(PropertySourcesPlaceholderConfigurer.class, InstanceConfiguration.class);
        context.refresh();
        return context;
    }
}
