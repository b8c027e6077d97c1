/** Names and numbers of people as events carry them: sealed under the key of whom they belong to. */
@NullMarked
package io.forgewatch.event.personal;

import org.jspecify.annotations.NullMarked;
