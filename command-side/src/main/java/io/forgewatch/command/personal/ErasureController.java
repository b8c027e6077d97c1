package io.forgewatch.command.personal;

import io.forgewatch.command.personal.PersonalCommand.ErasePersonalData;
import io.forgewatch.command.web.Checked;
import io.forgewatch.command.web.CommandAnswers;
import io.forgewatch.command.web.CommandErrors;
import io.forgewatch.event.identity.Role;
import io.forgewatch.event.personal.PersonalSubject;
import io.forgewatch.web.Caller;
import io.forgewatch.web.Problem;
import io.forgewatch.web.Refusals;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Erases personal data. */
@RestController
@Tag(name = "personal-data", description = "Personal data 个人信息")
class ErasureController {

    private static final Logger LOG = LoggerFactory.getLogger(ErasureController.class);
    private static final int LONGEST_REASON = 1_000;

    private final PersonalKeys keys;
    private final CommandAnswers answers;

    ErasureController(PersonalKeys keys, CommandAnswers answers) {
        this.keys = keys;
        this.answers = answers;
    }

    /**
     * For the specification: whose personal data is erased.
     *
     * @param kind account or enterprise
     * @param upTo the number of the last key that is deleted
     */
    record Erased(String kind, String id, int upTo) {}

    @PostMapping("/personal-data/erasures")
    @Operation(
            summary = "Erase the personal data of an account or an enterprise 删除个人信息",
            description =
                    "By the ministry: deletes the keys under which names and numbers of people have been sealed up to now. The"
                            + " events stay, byte for byte, and so do all proofs; what was sealed in them reads \"已删除 / erased\"."
                            + " It cannot be undone. What comes later is sealed under another key.")
    @ApiResponse(
            responseCode = "200",
            description = "Erased, now or before",
            content =
                    @Content(
                            mediaType = "application/json",
                            schema = @Schema(implementation = Erased.class),
                            examples =
                                    @ExampleObject(
                                            "{\"kind\": \"enterprise\", \"id\": \"GT3702110001\", \"upTo\": 1}")))
    @CommandErrors
    @Refusals({"not-found"})
    Mono<ResponseEntity<Map<String, Object>>> erasePersonalData(
            @RequestBody NewErasure request,
            @Parameter(hidden = true) Caller caller,
            @RequestHeader(name = CommandAnswers.IDEMPOTENCY_KEY, required = false) @Nullable String key) {
        caller.mustBe(Role.MINISTRY);
        Checked checked = new Checked();
        String reason = checked.text("reason", request.reason(), LONGEST_REASON);
        boolean isKind = "account".equals(request.kind()) || "enterprise".equals(request.kind());
        checked.that(isKind, "kind", "account or enterprise. 应为 account 或 enterprise。")
                .orRefuse();
        PersonalSubject whose = whose(request);
        return keys.last(whose)
                .filter(last -> last > 0)
                .switchIfEmpty(Mono.error(Problem::notFound))
                .flatMap(last -> answers.done(
                                new ErasePersonalData(whose, last, reason, caller.username(), answers.now()),
                                caller,
                                key)
                        .flatMap(answer -> erased(whose, answer).thenReturn(answer)));
    }

    /**
     * At once, and no more than the event says: a repeat may find a later key. When it fails, it is done by {@link Erasures}.
     */
    private Mono<Void> erased(PersonalSubject whose, ResponseEntity<Map<String, Object>> answer) {
        Map<String, Object> body = Objects.requireNonNull(answer.getBody());
        int upTo = ((Number) Objects.requireNonNull(body.get(PersonalData.UP_TO))).intValue();
        return keys.erase(whose, upTo).onErrorResume(failure -> {
            LOG.warn("The keys of {} are deleted a little later: {}", whose.wire(), String.valueOf(failure));
            return Mono.empty();
        });
    }

    private static PersonalSubject whose(NewErasure request) {
        try {
            return PersonalSubject.fromWire(request.kind() + "/" + request.id());
        } catch (IllegalArgumentException none) {
            throw Problem.notFound();
        }
    }
}
