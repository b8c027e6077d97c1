package io.forgewatch.command.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.forgewatch.command.decision.Automation;
import io.forgewatch.command.decision.Decider;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Run with all tests on the class path, which have deciders and automations of their own. */
class FoundByTypeTest {

    @Test
    void given_the_classes_of_the_side_and_of_its_tests_when_it_starts_then_those_of_the_side_are_found_once_each() {
        assertThat(names(Found.deciders().stream())).containsExactlyInAnyOrderElementsOf(written(Decider.class));
        assertThat(names(Found.automations().stream())).containsExactlyInAnyOrderElementsOf(written(Automation.class));
    }

    /** Instances claim automations in their order, and tell of them in it. */
    @Test
    void given_two_instances_when_they_start_then_they_find_the_same_in_the_same_order() {
        assertThat(names(Found.automations().stream()))
                .isEqualTo(names(Found.automations().stream()))
                .isSorted();
        assertThat(names(Found.deciders().stream()))
                .isEqualTo(names(Found.deciders().stream()))
                .isSorted();
    }

    private static List<String> names(Stream<?> found) {
        return found.map(each -> each.getClass().getName()).toList();
    }

    private static List<String> written(Class<?> kind) {
        List<String> written = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("io.forgewatch.command").stream()
                        .filter(type -> type.isAssignableTo(kind) && !type.isInterface())
                        .map(JavaClass::getName)
                        .toList();
        assertThat(written).isNotEmpty();
        return written;
    }
}
