/**
 * A transparency log over a store's events, in open formats: the Merkle tree of RFC 9162 (section 2.1), and C2SP's tlog-tiles,
 * signed notes, checkpoints and tlog-proofs. The event at position <em>p</em> (from 1) is leaf <em>p</em>−1.
 */
@NullMarked
package io.forgewatch.log;

import org.jspecify.annotations.NullMarked;
