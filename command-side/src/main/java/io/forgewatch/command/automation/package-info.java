/** Automations: rules "when this happens, then do that", run over the store's feed, and whose work they leave alone meanwhile. */
@NullMarked
package io.forgewatch.command.automation;

import org.jspecify.annotations.NullMarked;
