package io.forgewatch.command.web;

import io.forgewatch.web.Refusals;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What every command may be refused with, for the specification; what is a command's own stands in {@link Refusals} beside it. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@Refusals({
    "concurrent-change",
    "event-too-large",
    "idempotency-conflict",
    "invalid-parameter",
    "outcome-unknown",
    "store-went-back"
})
public @interface CommandErrors {}
