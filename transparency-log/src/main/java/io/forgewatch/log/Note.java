package io.forgewatch.log;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A text and the signatures under it (C2SP signed-note). Nothing that the text says counts before {@link #check} found it signed.
 *
 * @param text ends with a newline; no control characters but newlines
 * @param signatures at least one, at most {@value #MAX_SIGNATURES}
 */
public record Note(String text, List<NoteSignature> signatures) {

    private static final int MAX_BYTES = 1 << 20;
    private static final int MAX_SIGNATURES = 64;

    /** @throws LogFormatException when text or signatures are not so */
    public Note {
        signatures = List.copyOf(signatures);
        if (!text.endsWith("\n") || Strict.hasControls(text.replace("\n", ""))) {
            throw new LogFormatException("A note's text ends with a newline and has no other control characters");
        }
        if (signatures.isEmpty() || signatures.size() > MAX_SIGNATURES) {
            throw new LogFormatException("A note has 1 to " + MAX_SIGNATURES + " signatures");
        }
        Strict.utf8(text, "A note");
    }

    /** What a look at the signatures found. */
    public sealed interface Check {

        /** Every signature of a key that is known verifies, and there is at least one. */
        record Signed(List<VerifierKey> by) implements Check {}

        /** No signature is by a key that is known. */
        record UnknownSigner() implements Check {}

        /** A signature names a key that is known, and is not by it. */
        record Forged(VerifierKey as) implements Check {}
    }

    /** Signs a text with each key, in their order. */
    public static Note sign(String text, List<SigningKey> keys) {
        byte[] bytes = Strict.utf8(text, "A note");
        return new Note(
                text,
                keys.stream()
                        .map(key -> new NoteSignature(
                                key.verifierKey().name(), key.verifierKey().id(), key.sign(bytes)))
                        .toList());
    }

    /**
     * Reads what {@link #bytes()} wrote.
     *
     * @throws LogFormatException when it is no note, or over a mebibyte
     */
    public static Note parse(byte[] bytes) {
        if (bytes.length > MAX_BYTES) {
            throw new LogFormatException("A note has at most " + MAX_BYTES + " bytes");
        }
        String all = Strict.utf8(bytes, "A note");
        int blank = all.lastIndexOf("\n\n");
        if (blank < 0 || !all.endsWith("\n")) {
            throw new LogFormatException("A note has a blank line before its signatures and ends with a newline");
        }
        String lines = all.substring(blank + 2, Math.max(blank + 2, all.length() - 1));
        return new Note(
                all.substring(0, blank + 1),
                Stream.of(lines.split("\n", -1)).map(NoteSignature::parse).toList());
    }

    /** Text, blank line and signature lines, in UTF-8. */
    public byte[] bytes() {
        String lines = signatures.stream().map(NoteSignature::line).collect(Collectors.joining());
        return (text + "\n" + lines).getBytes(StandardCharsets.UTF_8);
    }

    /** Verifies each signature whose key is known; those of other keys are passed over. */
    public Check check(Collection<VerifierKey> known) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        List<VerifierKey> by = new ArrayList<>();
        for (NoteSignature signature : signatures) {
            for (VerifierKey key : known) {
                if (signature.isBy(key) && !by.contains(key)) {
                    if (!key.verifies(bytes, signature.signature())) {
                        return new Check.Forged(key);
                    }
                    by.add(key);
                }
            }
        }
        return by.isEmpty() ? new Check.UnknownSigner() : new Check.Signed(List.copyOf(by));
    }
}
