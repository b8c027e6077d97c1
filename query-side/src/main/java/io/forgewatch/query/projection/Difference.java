package io.forgewatch.query.projection;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Where two documents differ, as paths of fields such as {@code content.segments.1.level}. */
final class Difference {

    private static final int MOST = 20;

    private final List<String> fields = new ArrayList<>();

    private Difference() {}

    /** Empty when they say the same; numbers of different width are the same number. At most 20 paths. */
    static List<String> of(@Nullable Object expected, @Nullable Object stored) {
        if (expected == null) {
            return stored == null ? List.of() : List.of("unexpected");
        }
        if (stored == null) {
            return List.of("missing");
        }
        Difference difference = new Difference();
        difference.compare("", expected, stored);
        return List.copyOf(difference.fields);
    }

    private void compare(String path, @Nullable Object expected, @Nullable Object stored) {
        if (fields.size() >= MOST) {
            return;
        }
        if (expected instanceof Map<?, ?> one && stored instanceof Map<?, ?> other) {
            Set<String> names = new TreeSet<>();
            one.keySet().forEach(name -> names.add(String.valueOf(name)));
            other.keySet().forEach(name -> names.add(String.valueOf(name)));
            names.forEach(name -> compare(below(path, name), one.get(name), other.get(name)));
        } else if (expected instanceof List<?> one && stored instanceof List<?> other) {
            for (int i = 0; i < Math.max(one.size(), other.size()); i++) {
                compare(below(path, String.valueOf(i)), at(one, i), at(other, i));
            }
        } else if (!same(expected, stored)) {
            fields.add(path);
        }
    }

    private static boolean same(@Nullable Object expected, @Nullable Object stored) {
        return expected instanceof Number one && stored instanceof Number other
                ? one.longValue() == other.longValue() && Double.compare(one.doubleValue(), other.doubleValue()) == 0
                : Objects.equals(expected, stored);
    }

    private static @Nullable Object at(List<?> list, int index) {
        return index < list.size() ? list.get(index) : null;
    }

    private static String below(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }
}
