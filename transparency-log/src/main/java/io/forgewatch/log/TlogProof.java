package io.forgewatch.log;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * A proof that an entry is in a log, checked without asking anyone (C2SP tlog-proof, {@code c2sp.org/tlog-proof@v1}; files end with
 * {@code .tlog-proof}).
 *
 * @param extra opaque and not authenticated; empty in Forgewatch's own
 * @param index the entry's, from 0: its position less one
 * @param hashes from the leaf's sibling up
 * @param checkpoint the note with the checkpoint of the tree that has the entry
 */
public record TlogProof(Optional<String> extra, long index, List<Hash> hashes, Note checkpoint) {

    private static final String FORMAT = "c2sp.org/tlog-proof@v1";
    private static final String EXTRA = "extra ";
    private static final String INDEX = "index ";
    private static final int MAX_HASHES = 63;

    /** @throws LogFormatException when the note carries no checkpoint, or there are over 63 hashes */
    public TlogProof {
        hashes = List.copyOf(hashes);
        extra.ifPresent(text -> Strict.base64(text, "A proof's extra data"));
        if (index < 0 || hashes.size() > MAX_HASHES) {
            throw new LogFormatException("A proof has an index from 0 and at most " + MAX_HASHES + " hashes");
        }
        Checkpoint.of(checkpoint);
    }

    public TlogProof(long index, List<Hash> hashes, Note checkpoint) {
        this(Optional.empty(), index, hashes, checkpoint);
    }

    /** What checking it found. */
    public sealed interface Check {

        /** The entry is in the log, and these keys vouch for it. */
        record Holds(Checkpoint checkpoint, List<VerifierKey> by) implements Check {}

        /** The checkpoint is not signed by a key that is known for its origin, or wrongly: see there. */
        record NotSigned(Checkpoint checkpoint, Note.Check signatures) implements Check {}

        /** The checkpoint is signed, and the entry is not in its tree at that index. */
        record NotIncluded(Checkpoint checkpoint) implements Check {}
    }

    /**
     * Reads what {@link #bytes()} wrote.
     *
     * @throws LogFormatException when it is no such proof
     */
    public static TlogProof parse(byte[] bytes) {
        String text = Strict.utf8(bytes, "A proof");
        int blank = text.indexOf("\n\n");
        if (blank < 0) {
            throw new LogFormatException("A proof has a blank line before its checkpoint");
        }
        List<String> lines = new ArrayList<>(List.of(text.substring(0, blank).split("\n", -1)));
        if (!lines.removeFirst().equals(FORMAT)) {
            throw new LogFormatException("A proof begins with " + FORMAT);
        }
        Optional<String> extra = Optional.empty();
        if (!lines.isEmpty() && lines.getFirst().startsWith(EXTRA)) {
            extra = Optional.of(lines.removeFirst().substring(EXTRA.length()));
        }
        if (lines.isEmpty() || !lines.getFirst().startsWith(INDEX)) {
            throw new LogFormatException("A proof has the entry's index");
        }
        long index = Strict.decimal(lines.removeFirst().substring(INDEX.length()), "A proof's index");
        return new TlogProof(
                extra,
                index,
                lines.stream().map(line -> Strict.hash(line, "A proof's hash")).toList(),
                Note.parse(text.substring(blank + 2).getBytes(StandardCharsets.UTF_8)));
    }

    /** The proof as text in UTF-8; the checkpoint's note last. */
    public byte[] bytes() {
        StringBuilder text = new StringBuilder(FORMAT).append('\n');
        extra.ifPresent(data -> text.append(EXTRA).append(data).append('\n'));
        text.append(INDEX).append(index).append('\n');
        hashes.forEach(hash -> text.append(hash.base64()).append('\n'));
        text.append('\n').append(new String(checkpoint.bytes(), StandardCharsets.UTF_8));
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Checks signatures, then inclusion.
     *
     * @param leaf of the entry, see {@link LogEntry#leaf()}
     * @param known keys that are trusted; those count that bear the checkpoint's origin as name
     */
    public Check check(Hash leaf, Collection<VerifierKey> known) {
        Checkpoint claimed = Checkpoint.of(checkpoint);
        Note.Check signatures = Checkpoint.check(checkpoint, known);
        if (!(signatures instanceof Note.Check.Signed signed)) {
            return new Check.NotSigned(claimed, signatures);
        }
        return MerkleProof.includes(index, claimed.size(), leaf, hashes, claimed.root())
                ? new Check.Holds(claimed, signed.by())
                : new Check.NotIncluded(claimed);
    }
}
