package io.forgewatch.web;

import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverter;
import io.swagger.v3.core.converter.ModelConverterContext;
import io.swagger.v3.core.util.Json;
import io.swagger.v3.oas.models.media.Schema;
import java.lang.annotation.Annotation;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Types that the specification would tell by their Java: a tree of JSON is any JSON (or what its {@code @Schema(types)} says), not
 * the getters of its class; and the house's enums are named once, not listed wherever they occur.
 */
final class PlainTypes implements ModelConverter {

    private static final String OURS = "io.forgewatch.";

    private final Map<String, Class<?>> names = new ConcurrentHashMap<>();

    @Override
    public @Nullable Schema<?> resolve(
            AnnotatedType type, ModelConverterContext context, Iterator<ModelConverter> chain) {
        Class<?> raw = Json.mapper().constructType(type.getType()).getRawClass();
        if (JsonNode.class.isAssignableFrom(raw)) {
            return tree(type);
        }
        if (raw.isEnum() && raw.getName().startsWith(OURS)) {
            return named(raw, context);
        }
        return chain.hasNext() ? chain.next().resolve(type, context, chain) : null;
    }

    private static Schema<?> tree(AnnotatedType type) {
        Annotation[] annotations = type.getCtxAnnotations();
        Set<String> types = new LinkedHashSet<>();
        (annotations == null ? Stream.<Annotation>empty() : Arrays.stream(annotations))
                .filter(io.swagger.v3.oas.annotations.media.Schema.class::isInstance)
                .map(io.swagger.v3.oas.annotations.media.Schema.class::cast)
                .forEach(annotation -> types.addAll(List.of(annotation.types())));
        Schema<Object> tree = new Schema<>();
        if (!types.isEmpty()) {
            tree.setTypes(types);
        }
        return tree;
    }

    private Schema<?> named(Class<?> type, ModelConverterContext context) {
        var own = Optional.ofNullable(type.getAnnotation(io.swagger.v3.oas.annotations.media.Schema.class));
        String name =
                own.map(said -> said.name()).filter(said -> !said.isEmpty()).orElse(type.getSimpleName());
        Class<?> other = names.putIfAbsent(name, type);
        if (other != null && other != type) {
            throw new IllegalStateException(name + " is the name of " + other + " and of " + type);
        }
        Schema<String> values = new Schema<String>().types(new LinkedHashSet<>(Set.of("string")));
        values.setEnum(Arrays.stream(type.getEnumConstants())
                .map(constant -> ((Enum<?>) constant).name())
                .toList());
        own.map(said -> said.description()).filter(said -> !said.isEmpty()).ifPresent(values::setDescription);
        context.defineModel(name, values, type, null);
        return new Schema<>().$ref("#/components/schemas/" + name);
    }
}
