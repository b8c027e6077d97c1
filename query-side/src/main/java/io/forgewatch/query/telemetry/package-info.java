/** The latest readings, and who is online by them (dossier §8). */
@NullMarked
package io.forgewatch.query.telemetry;

import org.jspecify.annotations.NullMarked;
