/** Connectivity 联网: how gateways stand, and which of their readings are codes. */
@NullMarked
package io.forgewatch.command.connectivity;

import org.jspecify.annotations.NullMarked;
