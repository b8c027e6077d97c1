package io.forgewatch.command.feedback;

import io.forgewatch.command.decision.Commands;
import io.forgewatch.command.feedback.FeedbackCommand.AcceptFeedback;
import io.forgewatch.command.feedback.FeedbackCommand.ReturnFeedback;
import io.forgewatch.command.feedback.FeedbackCommand.SubmitFeedback;
import io.forgewatch.command.personal.Confidences;
import io.forgewatch.command.web.Checked;
import io.forgewatch.command.web.CommandAnswers;
import io.forgewatch.command.web.CommandErrors;
import io.forgewatch.command.web.PathIds;
import io.forgewatch.event.enterprise.EnterpriseId;
import io.forgewatch.event.identity.Role;
import io.forgewatch.event.personal.PersonalSubject;
import io.forgewatch.event.warning.WarningId;
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
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Answers of the enterprise, judged by the authority. */
@RestController
@Tag(name = "feedback", description = "Answers to warnings 预警反馈")
class FeedbackController {

    private final CommandAnswers answers;
    private final Confidences confidences;

    FeedbackController(CommandAnswers answers, Confidences confidences) {
        this.answers = answers;
        this.confidences = confidences;
    }

    /**
     * For the specification: an answer that was taken.
     *
     * @param number from 1 within the warning
     * @param demand which of the warning's demands it meets
     */
    record Submitted(String warning, int number, int demand) {}

    /** For the specification: an answer that was decided on. */
    record Judged(String warning, int number) {}

    @PostMapping("/warnings/{id}/feedback")
    @Operation(
            summary = "Answer a warning",
            description =
                    "By the enterprise that it concerns, once signed. Answers are numbered from 1. One that names an older"
                            + " demand than the newest is kept and meets nothing: 409 demand-superseded asks for it anew. 提交反馈。")
    @ApiResponse(
            responseCode = "200",
            description = "Submitted",
            content =
                    @Content(
                            mediaType = "application/json",
                            schema = @Schema(implementation = Submitted.class),
                            examples =
                                    @ExampleObject("{\"warning\": \"GT3702110001-W1\", \"number\": 1, \"demand\": 1}")))
    @CommandErrors
    @Refusals({
        "demand-superseded",
        "demand-unknown",
        "occurred-in-future",
        "occurred-too-long-ago",
        "too-many-answers",
        "warning-awaits-verification",
        "warning-closed",
        "warning-not-signed"
    })
    Mono<ResponseEntity<Map<String, Object>>> submitFeedback(
            @PathVariable String id,
            @RequestBody NewFeedback request,
            @Parameter(hidden = true) Caller caller,
            @RequestHeader(name = CommandAnswers.IDEMPOTENCY_KEY, required = false) @Nullable String key) {
        WarningId warning = PathIds.warning(id, caller);
        caller.mustBe(Role.ENTERPRISE);
        Checked checked = new Checked();
        String cause = checked.text("cause", request.cause(), 2000);
        String measures = checked.text("measures", request.measures(), 2000);
        String person = checked.text("person", request.person(), 100);
        checked.that(request.demand() == null || request.demand() >= 1, "demand", "At least 1. 应不小于 1。");
        checked.orRefuse();
        return confidences
                .confide(PersonalSubject.enterprise(EnterpriseId.of(id)), person)
                .map(confided -> new SubmitFeedback(
                        warning,
                        request.demand(),
                        cause,
                        measures,
                        confided,
                        request.occurredAt(),
                        caller.username(),
                        answers.now()))
                .flatMap(command -> answers.send(command, caller, key))
                .map(FeedbackController::submitted);
    }

    /** The same to a repeat: what was kept of it stays, whether it met anything or not. */
    private static ResponseEntity<Map<String, Object>> submitted(Commands.Answer answer) {
        Object newest = answer.body().get(Feedback.SUPERSEDED_BY);
        if (newest == null) {
            return CommandAnswers.entity(HttpStatus.OK, answer, answer.body());
        }
        throw new Problem(
                409,
                "demand-superseded",
                "The answer is kept, and meets nothing: answer demand " + newest
                        + ", which contains the one that it named. 反馈已留存，但未满足现行要求；请对第 " + newest + " 号要求重新反馈。",
                List.of(),
                Map.of(CommandAnswers.POSITION, Long.toString(answer.position())));
    }

    @PostMapping("/warnings/{id}/feedback/{n}/acceptance")
    @Operation(summary = "Accept an answer", description = "By the authority of the enterprise's region. 反馈通过。")
    @ApiResponse(
            responseCode = "200",
            description = "Accepted, now or before",
            content =
                    @Content(
                            mediaType = "application/json",
                            schema = @Schema(implementation = Judged.class),
                            examples = @ExampleObject("{\"warning\": \"GT3702110001-W1\", \"number\": 1}")))
    @CommandErrors
    @Refusals({"feedback-returned", "warning-closed"})
    Mono<ResponseEntity<Map<String, Object>>> acceptFeedback(
            @PathVariable String id,
            @PathVariable int n,
            @Parameter(hidden = true) Caller caller,
            @RequestHeader(name = CommandAnswers.IDEMPOTENCY_KEY, required = false) @Nullable String key) {
        WarningId warning = PathIds.warning(id, caller);
        caller.mustBe(Role.PROVINCE);
        return answers.done(new AcceptFeedback(warning, n, caller.username(), answers.now()), caller, key);
    }

    @PostMapping("/warnings/{id}/feedback/{n}/return")
    @Operation(
            summary = "Send an answer back",
            description = "By the authority of the enterprise's region; the warning is in handling again. 反馈退回。")
    @ApiResponse(
            responseCode = "200",
            description = "Sent back, now or before",
            content =
                    @Content(
                            mediaType = "application/json",
                            schema = @Schema(implementation = Judged.class),
                            examples = @ExampleObject("{\"warning\": \"GT3702110001-W1\", \"number\": 1}")))
    @CommandErrors
    @Refusals({"feedback-accepted", "warning-closed"})
    Mono<ResponseEntity<Map<String, Object>>> returnFeedback(
            @PathVariable String id,
            @PathVariable int n,
            @RequestBody FeedbackReturn request,
            @Parameter(hidden = true) Caller caller,
            @RequestHeader(name = CommandAnswers.IDEMPOTENCY_KEY, required = false) @Nullable String key) {
        WarningId warning = PathIds.warning(id, caller);
        caller.mustBe(Role.PROVINCE);
        Checked checked = new Checked();
        String reason = checked.text("reason", request.reason(), 1000);
        checked.orRefuse();
        return answers.done(new ReturnFeedback(warning, n, reason, caller.username(), answers.now()), caller, key);
    }
}
