/** The plant as readings meet it: enterprises, devices with their points, gateways with their keys. */
@NullMarked
package io.forgewatch.command.telemetry;

import org.jspecify.annotations.NullMarked;
