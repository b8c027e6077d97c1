/** Enterprises 企业 as people read them. */
@NullMarked
package io.forgewatch.query.enterprise;

import org.jspecify.annotations.NullMarked;
