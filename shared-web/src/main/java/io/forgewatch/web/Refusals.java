package io.forgewatch.web;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The codes of {@code problems.json} with which an operation refuses, beside those of every operation, for the specification: on a
 * controller's method, or on an annotation that stands there. Their statuses, meanings and examples come from the catalogue.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
public @interface Refusals {

    /** Each alone, or with another status than it usually has before it: {@code 422:unknown-indicator}. */
    String[] value();

    /** Whether some role or place may not do it at all (403). */
    boolean forbids() default true;
}
