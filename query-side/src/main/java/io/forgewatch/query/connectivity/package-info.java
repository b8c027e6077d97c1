/** Edge gateways 边缘网关 as people read them. */
@NullMarked
package io.forgewatch.query.connectivity;

import org.jspecify.annotations.NullMarked;
