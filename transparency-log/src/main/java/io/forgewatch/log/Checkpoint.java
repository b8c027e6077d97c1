package io.forgewatch.log;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/**
 * How large a log's tree was, and its root (C2SP tlog-checkpoint). A note carries it.
 *
 * @param origin which log; Forgewatch's are {@link Origin}s, others are read too
 * @param size leaves, from 0
 * @param root of the tree with that many leaves
 * @param extensions further lines, not interpreted; none in Forgewatch's own
 */
public record Checkpoint(String origin, long size, Hash root, List<String> extensions) {

    /** @throws LogFormatException when a line is empty or holds control characters, or the size is negative */
    public Checkpoint {
        extensions = List.copyOf(extensions);
        checked(origin);
        extensions.forEach(Checkpoint::checked);
        if (size < 0) {
            throw new LogFormatException("A checkpoint's size is from 0");
        }
    }

    public Checkpoint(String origin, long size, Hash root) {
        this(origin, size, root, List.of());
    }

    /**
     * Reads the text of a note.
     *
     * @throws LogFormatException when it is no checkpoint
     */
    public static Checkpoint parse(String text) {
        String[] lines =
                text.endsWith("\n") ? text.substring(0, text.length() - 1).split("\n", -1) : new String[0];
        if (lines.length < 3) {
            throw new LogFormatException("A checkpoint has at least three lines");
        }
        return new Checkpoint(
                lines[0],
                Strict.decimal(lines[1], "A checkpoint's size"),
                Strict.hash(lines[2], "A checkpoint's root"),
                Arrays.asList(lines).subList(3, lines.length));
    }

    /** The checkpoint that a note carries, signed or not. */
    public static Checkpoint of(Note note) {
        return parse(note.text());
    }

    /** The note's text. */
    public String text() {
        StringBuilder text = new StringBuilder();
        text.append(origin)
                .append('\n')
                .append(size)
                .append('\n')
                .append(root.base64())
                .append('\n');
        extensions.forEach(line -> text.append(line).append('\n'));
        return text.toString();
    }

    /** The note, signed by each key in their order; the keys' names are the origin. */
    public Note sign(List<SigningKey> keys) {
        keys.forEach(key -> {
            if (!key.verifierKey().name().equals(origin)) {
                throw new IllegalArgumentException(
                        "A checkpoint of " + origin + " is signed by keys of that name, not of "
                                + key.verifierKey().name());
            }
        });
        return Note.sign(text(), keys);
    }

    /** Whether a note with a checkpoint is signed by its log: only keys that bear the origin as name count. */
    public static Note.Check check(Note note, Collection<VerifierKey> known) {
        String origin = of(note).origin();
        return note.check(
                known.stream().filter(key -> key.name().equals(origin)).toList());
    }

    private static void checked(String line) {
        if (line.isEmpty() || Strict.hasControls(line)) {
            throw new LogFormatException("A checkpoint's line is empty or holds control characters");
        }
    }
}
