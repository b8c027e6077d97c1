package io.forgewatch.web;

import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.parameters.QueryParameter;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the specification says of a filter.
 *
 * @param values all that it may be; empty when they cannot be listed
 * @param example one that is taken; null when there is none to tell
 */
record FilterSchema(
        String name,
        String description,
        String type,
        @Nullable String format,
        @Nullable String pattern,
        List<String> values,
        @Nullable Object example) {

    static FilterSchema text(String name, String description, String example) {
        return new FilterSchema(name, description, "string", null, null, List.of(), example.isEmpty() ? null : example);
    }

    static FilterSchema matching(String name, String description, String example, String pattern) {
        return new FilterSchema(name, description, "string", null, pattern, List.of(), example);
    }

    static FilterSchema instant(String name, String description, String example) {
        return new FilterSchema(name, description, "string", "date-time", null, List.of(), example);
    }

    static FilterSchema number(String name, String description, long example) {
        return new FilterSchema(name, description, "integer", "int64", null, List.of(), example);
    }

    static FilterSchema truth(String name, String description) {
        return new FilterSchema(name, description, "boolean", null, null, List.of(), true);
    }

    static FilterSchema oneOf(String name, String description, List<String> values, String example) {
        return new FilterSchema(name, description, "string", null, null, values, example);
    }

    static FilterSchema oneOf(String name, String description, Class<? extends Enum<?>> values, String example) {
        return oneOf(name, description, names(values), example);
    }

    /** With a list's own values and example. */
    FilterSchema as(Filters.Filter own) {
        List<String> names = Arrays.stream(own.values())
                .flatMap(type -> names(type).stream())
                .toList();
        return new FilterSchema(
                name, description, type, format, pattern, names.isEmpty() ? values : names, own.example());
    }

    Parameter parameter() {
        Schema<Object> schema = new Schema<>()
                .types(new LinkedHashSet<>(Set.of(type)))
                .format(format)
                .pattern(pattern);
        if (type.equals("integer")) {
            schema.minimum(BigDecimal.ZERO);
        }
        if (!values.isEmpty()) {
            schema.setEnum(List.copyOf(values));
        }
        Parameter parameter = query(name, description).schema(schema);
        return example == null ? parameter : parameter.example(example);
    }

    static Parameter query(String name, String description) {
        return new QueryParameter().name(name).description(description).required(false);
    }

    private static List<String> names(Class<? extends Enum<?>> values) {
        return Arrays.stream(values.getEnumConstants()).map(Enum::name).toList();
    }
}
