package io.forgewatch.web;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Which query parameters a list takes besides {@code limit} and {@code cursor}: on the {@link ListParameters} of a controller's
 * method, or on an annotation that stands there. Others are refused, since a filter that is misspelt and ignored gives an answer that is wider than asked for.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.PARAMETER, ElementType.ANNOTATION_TYPE})
public @interface Filters {
    String[] value();

    /** Further ones that may be given several times, for any of the values. */
    String[] repeated() default {};

    /** What the values of some of them are, where that is this list's own. */
    Filter[] described() default {};

    /** Whether it has pages: else {@code limit} and {@code cursor} are refused like any other that it does not take. */
    boolean paged() default true;

    /** One filter, for the specification. */
    @interface Filter {

        String name();

        /** Whose names are its values. */
        Class<? extends Enum<?>>[] values() default {};

        String example();
    }
}
