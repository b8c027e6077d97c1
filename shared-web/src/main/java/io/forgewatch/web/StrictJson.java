package io.forgewatch.web;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Constructor;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.AnnotationIntrospector;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.Annotated;
import tools.jackson.databind.introspect.AnnotatedMember;
import tools.jackson.databind.introspect.AnnotatedParameter;
import tools.jackson.databind.introspect.NopAnnotationIntrospector;

/**
 * Makes Jackson believe the types: a field of a record {@linkplain CheckedNulls#holdFor of ours} that is not {@code @Nullable} (nor
 * {@link Optional}) must be there and must not be null, and its list must hold no nulls.
 */
final class StrictJson extends NopAnnotationIntrospector {

    private static final long serialVersionUID = 1L;

    /** Beside what a mapper knows already. */
    static AnnotationIntrospector beside(AnnotationIntrospector known) {
        return AnnotationIntrospector.pair(known, new StrictJson());
    }

    @Override
    public @Nullable Boolean hasRequiredMarker(MapperConfig<?> config, AnnotatedMember member) {
        return isRequired(member) ? Boolean.TRUE : null;
    }

    @Override
    public JsonSetter.Value findSetterInfo(MapperConfig<?> config, Annotated annotated) {
        return isRequired(annotated)
                ? JsonSetter.Value.forValueNulls(Nulls.FAIL, Nulls.FAIL)
                : JsonSetter.Value.empty();
    }

    private static boolean isRequired(Annotated annotated) {
        return annotated instanceof AnnotatedParameter parameter
                && parameter.getMember() instanceof Constructor<?> constructor
                && constructor.getDeclaringClass().isRecord()
                && CheckedNulls.holdFor(constructor.getDeclaringClass())
                && parameter.getRawType() != Optional.class
                && !isNullable(constructor.getAnnotatedParameterTypes()[parameter.getIndex()]);
    }

    private static boolean isNullable(AnnotatedType type) {
        return type.isAnnotationPresent(Nullable.class);
    }
}
