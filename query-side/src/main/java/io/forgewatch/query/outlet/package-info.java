/** 推送: what people hear as it happens: entries that a view has stored, handed on from the store by every instance. */
@NullMarked
package io.forgewatch.query.outlet;

import org.jspecify.annotations.NullMarked;
