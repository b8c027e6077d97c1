package io.forgewatch.event;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** What is described there is all there is, and what happens to it. */
class SubjectTypeTest {

    /** Read by others' code only, and of no type of ours. */
    private static final Set<Class<?>> OF_OTHERS = Set.of(ForeignEvent.class);

    @Test
    void given_every_event_of_the_code_when_its_name_is_asked_for_then_some_subject_has_named_it() {
        Set<Class<?>> written = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("io.forgewatch.event").stream()
                        .filter(type -> type.isAssignableTo(DomainEvent.class) && !type.isInterface())
                        .map(JavaClass::reflect)
                        .filter(type -> !OF_OTHERS.contains(type))
                        .collect(toSet());

        Set<Class<?>> described = StreamSupport.stream(EventTypes.all().spliterator(), false)
                .map(EventType::payload)
                .collect(toSet());
        assertThat(described).isEqualTo(written).isNotEmpty();
    }

    @Test
    void given_every_event_that_was_ever_stored_when_it_is_read_then_it_happened_to_what_says_so_by_an_id_of_its_form()
            throws IOException {
        for (EventType type : EventTypes.all()) {
            Subject subject = EventJson.payload(
                            type.name(), type.version(), GoldenEvents.stored(type.name() + "@" + type.version()))
                    .subject();

            assertThat(subject.type().events())
                    .as(type.name())
                    .anyMatch(events -> events.isAssignableFrom(type.payload()));
            subject.type().form().ifPresent(form -> assertThatNoException()
                    .as(type.name())
                    .isThrownBy(() -> form.parse(subject.id())));
        }
    }

    @Test
    void given_the_types_when_they_are_read_from_the_wire_then_each_is_found_by_its_own_name() {
        assertThat(Arrays.stream(SubjectType.values()))
                .allMatch(type -> SubjectType.fromWire(type.wire()).orElseThrow() == type);
        assertThat(SubjectType.fromWire("ALARM")).isEmpty();
    }
}
