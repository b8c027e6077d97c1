package io.forgewatch.command.transparency;

import io.forgewatch.command.transparency.LogState.Departing;
import io.forgewatch.command.transparency.LogState.Extending;
import io.forgewatch.command.transparency.TransparencyCommand.OpenEpoch;
import io.forgewatch.command.web.Checked;
import io.forgewatch.command.web.CommandAnswers;
import io.forgewatch.command.web.CommandErrors;
import io.forgewatch.event.identity.Role;
import io.forgewatch.event.transparency.TransparencyEvent.Departed;
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
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Opens a new epoch when the store no longer extends what was published. */
@RestController
@Tag(name = "log", description = "The proof that no event was changed 透明日志")
class EpochController {

    private static final int LONGEST_REASON = 1_000;

    private final TransparencyLog log;
    private final LogKeys keys;
    private final CommandAnswers answers;

    EpochController(TransparencyLog log, LogKeys keys, CommandAnswers answers) {
        this.log = log;
        this.keys = keys;
        this.answers = answers;
    }

    /** Why an epoch is opened. */
    record NewEpoch(
            @Schema(example = "数据库于 3 月 1 日从备份恢复，丢失 12 个事件", maxLength = LONGEST_REASON)
            String reason) {}

    /** An epoch that is open. */
    record OpenedEpoch(
            @Schema(example = "2") int epoch,
            @Schema(example = "forgewatch.local/log/2") String origin) {}

    @PostMapping("/log/epochs")
    @Operation(
            summary = "Open a new epoch of the log 开启新纪元",
            description =
                    "By the ministry, and only while the store does not extend the last checkpoint and so takes no events: a"
                            + " new tree over all positions from 1, and an event that tells what it departs from and why.")
    @ApiResponse(
            responseCode = "201",
            description = "Opened: events are taken again",
            content =
                    @Content(
                            mediaType = "application/json",
                            schema = @Schema(implementation = OpenedEpoch.class),
                            examples = @ExampleObject("{\"epoch\": 2, \"origin\": \"forgewatch.local/log/2\"}")))
    @CommandErrors
    @Refusals({"log-epoch-open", "log-intact"})
    Mono<ResponseEntity<OpenedEpoch>> openLogEpoch(
            @RequestBody NewEpoch request,
            @Parameter(hidden = true) Caller caller,
            @RequestHeader(name = CommandAnswers.IDEMPOTENCY_KEY, required = false) @Nullable String key) {
        caller.mustBe(Role.MINISTRY);
        Checked checked = new Checked();
        String reason = checked.text("reason", request.reason(), LONGEST_REASON);
        checked.orRefuse();
        LogState state = log.state().orElseThrow(() -> Problem.unavailable(1));
        return answers.send(command(state, reason, key), caller, key)
                .flatMap(answer -> log.look()
                        .thenReturn(CommandAnswers.entity(HttpStatus.CREATED, answer, opened(answer.body()))));
    }

    private OpenEpoch command(LogState state, String reason, @Nullable String key) {
        return switch (state) {
            case Departing departing ->
                new OpenEpoch(keys.host(), departing.next(), departing.claim().departed(), reason, answers.now());
            // Refused by the decision, unless it is a repeat: the first answer stands under its key.
            case Extending(int epoch)
            when key != null && epoch > LogEpochs.FIRST ->
                new OpenEpoch(keys.host(), epoch, new Departed("", 0, ""), reason, answers.now());
            case Extending intact ->
                throw new Problem(
                        409,
                        "log-intact",
                        "The store extends what was published: there is nothing to depart from."
                                + " 存储与已发布的检查点一致，无需开启新纪元。");
        };
    }

    private OpenedEpoch opened(Map<String, Object> answer) {
        int epoch = ((Number) Objects.requireNonNull(answer.get("epoch"))).intValue();
        return new OpenedEpoch(epoch, keys.origin(epoch));
    }
}
