package io.forgewatch.log.verify;

import io.forgewatch.log.Checkpoint;
import io.forgewatch.log.Hash;
import io.forgewatch.log.LogEntry;
import io.forgewatch.log.LogFormatException;
import io.forgewatch.log.TlogProof;
import io.forgewatch.log.VerifierKey;
import io.forgewatch.log.verify.Finding.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Holds one exported event against its proof, without a store. */
public final class ProofCheck {

    private ProofCheck() {}

    /**
     * @param proof a C2SP tlog-proof
     * @param entry the log entry
     * @param payload the payload's bytes as stored, where they are at hand
     * @param metadata the metadata's bytes as stored, where they are at hand
     * @param trusted keys that may sign
     * @return with a warning for what was not at hand and so was not compared
     */
    public static Outcome run(
            byte[] proof,
            byte[] entry,
            Optional<byte[]> payload,
            Optional<byte[]> metadata,
            List<VerifierKey> trusted) {
        TlogProof read;
        LogEntry recorded;
        try {
            read = TlogProof.parse(proof);
            recorded = LogEntry.parse(entry);
        } catch (LogFormatException e) {
            return malformed(e);
        }
        long position = read.index() + 1;
        return switch (read.check(Hash.leaf(entry), trusted)) {
            case TlogProof.Check.NotSigned not ->
                new Outcome.DoesNotHold(
                        Signatures.finding(read.checkpoint(), not.signatures()).orElseThrow(), List.of());
            case TlogProof.Check.NotIncluded not -> notIncluded(position, not.checkpoint());
            case TlogProof.Check.Holds holds ->
                contents(position, recorded, payload, metadata)
                        .orElseGet(() ->
                                new Outcome.Holds(holds.checkpoint(), holds.by(), 1, notCompared(payload, metadata)));
        };
    }

    /**
     * The same of a whole answer, in which nothing beside the entry may say anything else than it.
     *
     * @param json the answer's body, see {@code GET /audit/proofs/{position}}
     */
    public static Outcome run(byte[] json, List<VerifierKey> trusted) {
        ExportedEvent event;
        try {
            event = ExportedEvent.parse(json);
        } catch (LogFormatException e) {
            return malformed(e);
        }
        Outcome outcome = run(event.proof(), event.entry(), event.payload(), Optional.of(event.metadata()), trusted);
        return outcome instanceof Outcome.Holds ? beside(event).orElse(outcome) : outcome;
    }

    private static Optional<Outcome> beside(ExportedEvent event) {
        long proven = TlogProof.parse(event.proof()).index() + 1;
        List<Told> said = new ArrayList<>(event.contradictions(LogEntry.parse(event.entry())));
        if (event.position() != proven) {
            said.addFirst(new Told("position", "位置"));
        }
        return said.isEmpty()
                ? Optional.empty()
                : Optional.of(broken(
                        proven,
                        Kind.CONTENT_CHANGED,
                        "what is said of it is not what was recorded: "
                                + String.join(", ", said.stream().map(Told::en).toList()),
                        "所述与记录不符："
                                + String.join("、", said.stream().map(Told::zh).toList())));
    }

    private static Optional<Outcome> contents(
            long position, LogEntry recorded, Optional<byte[]> payload, Optional<byte[]> metadata) {
        if (isAnother(payload, recorded.payload())) {
            return Optional.of(
                    broken(position, Kind.CONTENT_CHANGED, "the payload is not the one that was recorded", "内容与记录不符"));
        }
        if (isAnother(metadata, recorded.metadata())) {
            return Optional.of(broken(
                    position, Kind.CONTENT_CHANGED, "the metadata are not those that were recorded", "元数据与记录不符"));
        }
        return Optional.empty();
    }

    private static boolean isAnother(Optional<byte[]> given, Hash recorded) {
        return given.filter(bytes -> !Hash.sha256(bytes).equals(recorded)).isPresent();
    }

    private static List<Told> notCompared(Optional<byte[]> payload, Optional<byte[]> metadata) {
        List<Told> told = new ArrayList<>();
        if (payload.isEmpty()) {
            told.add(new Told("the payload was not given, and so was not compared", "未提供内容，故未核对内容"));
        }
        if (metadata.isEmpty()) {
            told.add(new Told("the metadata were not given, and so were not compared", "未提供元数据，故未核对元数据"));
        }
        return told;
    }

    private static Outcome notIncluded(long position, Checkpoint checkpoint) {
        Told told = Told.of(
                "the proof does not lead from this entry to the checkpoint of %1$s at size %2$d",
                "证明不能从该条目推得 %1$s 大小为 %2$d 的检查点", checkpoint.origin(), checkpoint.size());
        return broken(position, Kind.NOT_INCLUDED, told.en(), told.zh());
    }

    private static Outcome malformed(LogFormatException e) {
        String why = String.valueOf(e.getMessage());
        return broken(0, Kind.MALFORMED, why, "文件格式不符：" + why);
    }

    private static Outcome broken(long position, Kind kind, String en, String zh) {
        return new Outcome.DoesNotHold(new Finding(position, kind, new Told(en, zh)), List.of());
    }
}
