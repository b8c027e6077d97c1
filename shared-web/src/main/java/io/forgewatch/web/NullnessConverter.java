package io.forgewatch.web;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverter;
import io.swagger.v3.core.converter.ModelConverterContext;
import io.swagger.v3.core.util.Json;
import io.swagger.v3.oas.models.media.Schema;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes the specification believe the types, as {@link StrictJson} makes the reader: a record's component is required unless it
 * is {@code @Nullable}, and then its type is a union with null (OpenAPI 3.1 has no other way to say so), and null is among its
 * values where those are listed.
 */
final class NullnessConverter implements ModelConverter {

    private static final String REF = "#/components/schemas/";
    private static final String NULL = "null";

    @Override
    public @Nullable Schema<?> resolve(
            AnnotatedType type, ModelConverterContext context, Iterator<ModelConverter> chain) {
        if (!chain.hasNext()) {
            return null;
        }
        Schema<?> resolved = chain.next().resolve(type, context, chain);
        Class<?> raw = Json.mapper().constructType(type.getType()).getRawClass();
        if (resolved != null && raw.isRecord() && CheckedNulls.holdFor(raw)) {
            Schema<?> model = resolved.get$ref() == null
                    ? resolved
                    : context.getDefinedModels().get(resolved.get$ref().replace(REF, ""));
            if (model != null && model.getProperties() != null) {
                believe(model, raw);
            }
        }
        return resolved;
    }

    @SuppressWarnings({"rawtypes", "unchecked"})
    private static void believe(Schema model, Class<?> type) {
        List<String> required = new ArrayList<>();
        for (RecordComponent component : type.getRecordComponents()) {
            String name = name(component);
            Schema property = (Schema) model.getProperties().get(name);
            if (property == null) {
                continue;
            }
            if (component.getAnnotatedType().isAnnotationPresent(Nullable.class)) {
                model.getProperties().put(name, orNull(property));
            } else {
                required.add(name);
            }
        }
        model.setRequired(required.isEmpty() ? null : required);
    }

    /** As JSON has it. */
    private static String name(RecordComponent component) {
        JsonProperty named = component.getAccessor().getAnnotation(JsonProperty.class);
        return named == null || named.value().isEmpty() ? component.getName() : named.value();
    }

    @SuppressWarnings({"rawtypes", "unchecked"})
    private static Schema orNull(Schema property) {
        if (property.get$ref() != null) {
            return new Schema<>()
                    .description(property.getDescription())
                    .anyOf(List.of(
                            new Schema<>().$ref(property.get$ref()),
                            new Schema<>().types(new LinkedHashSet<>(Set.of(NULL)))));
        }
        Set<String> types = new LinkedHashSet<>(property.getTypes() == null ? Set.of() : property.getTypes());
        if (!types.isEmpty() && types.add(NULL)) {
            property.setTypes(types);
        }
        List<Object> values = property.getEnum();
        if (values != null && !values.contains(null)) {
            List<Object> more = new ArrayList<>(values);
            more.add(null);
            property.setEnum(more);
        }
        return property;
    }
}
