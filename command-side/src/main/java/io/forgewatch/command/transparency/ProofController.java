package io.forgewatch.command.transparency;

import io.forgewatch.command.web.LookingBack;
import io.forgewatch.event.identity.Role;
import io.forgewatch.web.Caller;
import io.forgewatch.web.Refusals;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Proofs of single events, and of the log's growth. */
@RestController
@Tag(name = "audit", description = "Looking back 审计")
class ProofController {

    private final Proofs proofs;
    private final LookingBack looking;

    ProofController(Proofs proofs, LookingBack looking) {
        this.proofs = proofs;
        this.looking = looking;
    }

    /**
     * An event with its proof. The entry is what the proof proves; it holds SHA-256 of the metadata's text in UTF-8 and of the
     * payload's bytes.
     *
     * @param proof C2SP tlog-proof, with the checkpoint in it
     * @param entry Base64
     */
    record EventProof(@Schema(example = "4711") long position, String proof, String entry, ProvedEvent event) {}

    /**
     * The event as stored.
     *
     * @param metadata a JSON object, byte for byte as it was hashed
     * @param payload Base64; null when it holds a secret (a password's hash, a gateway's sealed key), which no proof shows
     */
    record ProvedEvent(
            UUID id,
            @Schema(example = "AlarmRaised") String name,
            @Schema(example = "1") String version,
            Instant at,
            List<String> tags,
            String metadata,
            @Nullable String payload) {}

    /**
     * That the tree of one size extends that of another.
     *
     * @param hashes Base64, in the order of RFC 9162
     */
    record ConsistencyProof(
            @Schema(example = "1000") long from,
            @Schema(example = "4711") long to,
            String fromRoot,
            String toRoot,
            List<String> hashes) {}

    @GetMapping("/audit/proofs/{position}")
    @Operation(
            summary = "An event with the proof that it is in the log 事件与存在证明",
            description =
                    "By auditors, within their jurisdiction. The proof leads to the last checkpoint: for what came after it,"
                            + " ask for a checkpoint first (POST /log/checkpoints). The answer, saved as it is, is checked"
                            + " offline by ./forgewatch verify --event FILE --keys KEYS, with the keys of GET /log/keys;"
                            + " without a payload, the entry and its proof are. 答复原样存盘即可离线核验。")
    @ApiResponse(responseCode = "200", description = "Entry, proof and event")
    @Refusals({"log-departed", "log-not-sealed", "too-many-requests"})
    Mono<EventProof> proveEvent(
            @Parameter(
                            description = "The event's position 事件序号",
                            schema = @Schema(type = "integer", format = "int64", minimum = "1"),
                            example = "4711")
                    @PathVariable
                    long position,
            @Parameter(hidden = true) Caller caller) {
        caller.mustBe(Role.AUDITOR);
        return looking.page(caller, proofs.event(position, caller));
    }

    @GetMapping("/audit/proofs/consistency")
    @Operation(
            summary = "The proof that the log only grew 一致性证明",
            description =
                    "By auditors: that the tree of the first `to` events extends that of the first `from`, by RFC 9162.")
    @ApiResponse(responseCode = "200", description = "The hashes, and both roots")
    @Refusals({"log-departed", "log-not-sealed", "too-many-requests"})
    Mono<ConsistencyProof> proveConsistency(
            @Parameter(
                            description = "Size of the older tree: how many events it has",
                            schema = @Schema(type = "integer", format = "int64"),
                            example = "1000")
                    @RequestParam
                    long from,
            @Parameter(
                            description = "Size of the newer tree",
                            schema = @Schema(type = "integer", format = "int64"),
                            example = "4711")
                    @RequestParam
                    long to,
            @Parameter(hidden = true) Caller caller) {
        caller.mustBe(Role.AUDITOR);
        return looking.page(caller, proofs.consistency(from, to));
    }
}
