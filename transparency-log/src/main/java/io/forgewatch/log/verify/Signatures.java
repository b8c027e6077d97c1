package io.forgewatch.log.verify;

import io.forgewatch.log.Checkpoint;
import io.forgewatch.log.Note;
import io.forgewatch.log.NoteSignature;
import io.forgewatch.log.verify.Finding.Kind;
import java.util.Optional;
import java.util.stream.Collectors;

/** What is to be told of a checkpoint's signatures. */
final class Signatures {

    private Signatures() {}

    /** Empty when it is signed as it should be. */
    static Optional<Finding> finding(Note note, Note.Check check) {
        Checkpoint checkpoint = Checkpoint.of(note);
        return switch (check) {
            case Note.Check.Signed _ -> Optional.empty();
            case Note.Check.Forged forged ->
                Optional.of(new Finding(
                        0,
                        Kind.FORGED_SIGNATURE,
                        Told.of(
                                "the checkpoint of %1$s at size %2$d bears a signature in the name of the trusted key %3$s that"
                                        + " is not by it",
                                "%1$s 大小为 %2$d 的检查点带有以受信密钥 %3$s 之名的签名，但并非由其签署",
                                checkpoint.origin(),
                                checkpoint.size(),
                                forged.as().encode())));
            case Note.Check.UnknownSigner _ ->
                Optional.of(new Finding(
                        0,
                        Kind.SIGNED_BY_ANOTHER,
                        Told.of(
                                "the checkpoint of %1$s at size %2$d is signed by no key that is trusted for it; it is signed by"
                                        + " %3$s",
                                "%1$s 大小为 %2$d 的检查点没有任何受信密钥的签名；签署者为 %3$s",
                                checkpoint.origin(),
                                checkpoint.size(),
                                note.signatures().stream()
                                        .map(Signatures::signer)
                                        .collect(Collectors.joining(", ")))));
        };
    }

    private static String signer(NoteSignature signature) {
        return signature.name() + "+" + "%08x".formatted(signature.keyId());
    }
}
