package io.forgewatch.command.decision;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The name by which a command is stored: in due dates, where it may wait for years, and in the hashes under idempotency keys. It
 * stays when the record is renamed.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface CommandName {

    String value();
}
