package io.forgewatch.command.eventstore;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * About how many bytes of memory a state takes. States are records of values, texts and collections: those are gone through, of long
 * collections a part that stands for the rest, so that it takes microseconds whatever a state holds. What is shared counts for each
 * who holds it.
 */
final class Footprint {

    private static final int OBJECT = 16;
    private static final int FIELD = 8;
    private static final int ENTRY = 32;
    private static final int TEXT = 40;

    /** Of anything else: a number, an instant, an enum. */
    private static final int VALUE = 24;

    /** So many of a collection are looked at. */
    private static final int SAMPLE = 32;

    private static final int DEEPEST = 12;

    private static final ClassValue<List<MethodHandle>> COMPONENTS = new ClassValue<>() {
        @Override
        protected List<MethodHandle> computeValue(Class<?> type) {
            return components(type);
        }
    };

    private Footprint() {}

    /** From 1 to the largest number there is. */
    static int of(@Nullable Object state) {
        return (int) Math.clamp(bytes(state, DEEPEST), 1L, Integer.MAX_VALUE);
    }

    private static long bytes(@Nullable Object value, int depth) {
        if (value == null || depth == 0) {
            return 0;
        }
        return switch (value) {
            case String text -> TEXT + 2L * text.length();
            case Record state -> record(state, depth - 1);
            case Collection<?> all -> OBJECT + sampled(all, depth - 1);
            case Map<?, ?> all -> OBJECT + sampled(all.entrySet(), depth - 1);
            case Map.Entry<?, ?> entry -> ENTRY + bytes(entry.getKey(), depth) + bytes(entry.getValue(), depth);
            case Optional<?> some -> OBJECT + bytes(some.orElse(null), depth - 1);
            case byte[] raw -> OBJECT + raw.length;
            case long[] numbers -> OBJECT + 8L * numbers.length;
            case double[] numbers -> OBJECT + 8L * numbers.length;
            case Object[] all -> OBJECT + sampled(Arrays.asList(all), depth - 1);
            default -> VALUE;
        };
    }

    private static long record(Record state, int depth) {
        long bytes = OBJECT;
        for (MethodHandle component : COMPONENTS.get(state.getClass())) {
            bytes += FIELD + bytes(read(component, state), depth);
        }
        return bytes;
    }

    private static long sampled(Collection<?> all, int depth) {
        long bytes = 0;
        int looked = 0;
        for (Object each : all) {
            if (looked == SAMPLE) {
                break;
            }
            bytes += FIELD + bytes(each, depth);
            looked++;
        }
        return looked == 0 ? 0 : bytes * all.size() / looked;
    }

    /** What code of another package hides from us counts as a value. */
    private static List<MethodHandle> components(Class<?> type) {
        List<MethodHandle> components = new ArrayList<>();
        for (RecordComponent component : type.getRecordComponents()) {
            try {
                if (component.getAccessor().trySetAccessible()) {
                    components.add(MethodHandles.lookup().unreflect(component.getAccessor()));
                }
            } catch (IllegalAccessException hidden) {
                continue;
            }
        }
        return List.copyOf(components);
    }

    private static @Nullable Object read(MethodHandle component, Record state) {
        try {
            return component.invoke(state);
        } catch (Throwable unreadable) {
            throw new IllegalStateException("A component of " + state.getClass() + " cannot be read", unreadable);
        }
    }
}
