/** The demonstration: a small country, loaded and played through the same doors that everybody uses. */
@NullMarked
package io.forgewatch.stack.demo;

import org.jspecify.annotations.NullMarked;
