/** What every read of this side shares: list habits, jurisdiction as a filter, waiting for a position. */
@NullMarked
package io.forgewatch.query.web;

import org.jspecify.annotations.NullMarked;
