/**
 * The transparency log: all events as one Merkle tree (RFC 9162), sealed outside of the append path and published as C2SP
 * checkpoints and tiles.
 */
@NullMarked
package io.forgewatch.command.transparency;

import org.jspecify.annotations.NullMarked;
