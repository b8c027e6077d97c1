package io.forgewatch.event.personal;

import io.forgewatch.event.DomainEvent;
import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** The personal texts that an event carries: its components of type {@link PersonalText}. */
public final class PersonalFields {

    private static final ClassValue<Shape> SHAPES = new ClassValue<>() {
        @Override
        protected Shape computeValue(Class<?> type) {
            return Shape.of(type);
        }
    };

    private PersonalFields() {}

    /** In the order of the components; empty for most events. */
    public static List<PersonalText> of(DomainEvent event) {
        Shape shape = SHAPES.get(event.getClass());
        return shape.hasAny()
                ? shape.values(event)
                        .filter(PersonalText.class::isInstance)
                        .map(PersonalText.class::cast)
                        .toList()
                : List.of();
    }

    /** The same event with other personal texts; the very same where it carries none. */
    public static DomainEvent with(DomainEvent event, UnaryOperator<PersonalText> other) {
        Shape shape = SHAPES.get(event.getClass());
        return shape.hasAny()
                ? shape.made(shape.values(event)
                        .map(value -> value instanceof PersonalText text ? other.apply(text) : value)
                        .toArray())
                : event;
    }

    private record Shape(boolean hasAny, List<RecordComponent> components, Class<?> type) {

        static Shape of(Class<?> type) {
            RecordComponent[] components = type.getRecordComponents();
            List<RecordComponent> all = components == null ? List.of() : List.of(components);
            return new Shape(all.stream().anyMatch(component -> component.getType() == PersonalText.class), all, type);
        }

        Stream<Object> values(DomainEvent event) {
            return components.stream().map(component -> {
                try {
                    return component.getAccessor().invoke(event);
                } catch (ReflectiveOperationException impossible) {
                    throw new IllegalStateException(type + " hides what it carries", impossible);
                }
            });
        }

        DomainEvent made(Object[] values) {
            try {
                Constructor<?> canonical = type.getDeclaredConstructor(
                        components.stream().map(RecordComponent::getType).toArray(Class<?>[]::new));
                return (DomainEvent) canonical.newInstance(values);
            } catch (ReflectiveOperationException impossible) {
                throw new IllegalStateException(type + " cannot be made of " + Arrays.toString(values), impossible);
            }
        }
    }
}
