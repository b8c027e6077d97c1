package io.forgewatch.log.verify;

import io.forgewatch.log.Hash;
import io.forgewatch.log.LogEntry;
import io.forgewatch.log.LogFormatException;
import io.forgewatch.log.TlogProof;
import io.forgewatch.log.VerifierKey;
import io.forgewatch.log.verify.Finding.Kind;
import java.util.List;
import java.util.Optional;

/** Holds one exported event against its proof, without a store. */
public final class ProofCheck {

    private ProofCheck() {}

    /**
     * @param proof a C2SP tlog-proof
     * @param entry the log entry
     * @param payload the payload's bytes as stored
     * @param metadata the metadata's bytes as stored, where they are at hand
     * @param trusted keys that may sign
     */
    public static Outcome run(
            byte[] proof, byte[] entry, byte[] payload, Optional<byte[]> metadata, List<VerifierKey> trusted) {
        TlogProof read;
        LogEntry recorded;
        try {
            read = TlogProof.parse(proof);
            recorded = LogEntry.parse(entry);
        } catch (LogFormatException e) {
            String why = String.valueOf(e.getMessage());
            return broken(0, Kind.MALFORMED, why, "文件格式不符：" + why);
        }
        long position = read.index() + 1;
        return switch (read.check(Hash.leaf(entry), trusted)) {
            case TlogProof.Check.NotSigned not ->
                new Outcome.DoesNotHold(
                        Signatures.finding(read.checkpoint(), not.signatures()).orElseThrow(), List.of());
            case TlogProof.Check.NotIncluded not ->
                broken(
                        position,
                        Kind.NOT_INCLUDED,
                        "the proof does not lead from this entry to the checkpoint of %1$s at size %2$d"
                                .formatted(
                                        not.checkpoint().origin(),
                                        not.checkpoint().size()),
                        "证明不能从该条目推得 %1$s 大小为 %2$d 的检查点"
                                .formatted(
                                        not.checkpoint().origin(),
                                        not.checkpoint().size()));
            case TlogProof.Check.Holds holds ->
                contents(position, recorded, payload, metadata)
                        .orElseGet(() -> new Outcome.Holds(holds.checkpoint(), holds.by(), 1, List.of()));
        };
    }

    private static Optional<Outcome> contents(
            long position, LogEntry recorded, byte[] payload, Optional<byte[]> metadata) {
        if (!Hash.sha256(payload).equals(recorded.payload())) {
            return Optional.of(
                    broken(position, Kind.CONTENT_CHANGED, "the payload is not the one that was recorded", "内容与记录不符"));
        }
        if (metadata.filter(bytes -> !Hash.sha256(bytes).equals(recorded.metadata()))
                .isPresent()) {
            return Optional.of(broken(
                    position, Kind.CONTENT_CHANGED, "the metadata are not those that were recorded", "元数据与记录不符"));
        }
        return Optional.empty();
    }

    private static Outcome broken(long position, Kind kind, String en, String zh) {
        return new Outcome.DoesNotHold(new Finding(position, kind, new Told(en, zh)), List.of());
    }
}
