@NullMarked
package io.forgewatch.query;

import org.jspecify.annotations.NullMarked;
