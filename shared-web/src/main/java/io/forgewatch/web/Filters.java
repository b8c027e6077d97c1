package io.forgewatch.web;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Which query parameters a list takes besides {@code limit} and {@code cursor}: on the {@link ListParameters} of a controller's
 * method. Others are refused, since a filter that is misspelt and ignored gives an answer that is wider than asked for.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.PARAMETER)
public @interface Filters {
    String[] value();
}
