package io.forgewatch.command.web;

import io.forgewatch.command.decision.Command;
import io.forgewatch.command.decision.Commands;
import io.forgewatch.event.Actor;
import io.forgewatch.web.Caller;
import io.forgewatch.web.Problem;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import reactor.core.publisher.Mono;

/**
 * How every controller of the command side sends its command and answers: one command, the caller as its actor, {@code
 * Idempotency-Key} in, {@code Forgewatch-Position} out.
 */
public final class CommandAnswers {

    /** The header that makes a repeat harmless: 1 to 200 printable ASCII characters; keys of one account don't meet another's. */
    public static final String IDEMPOTENCY_KEY = "Idempotency-Key";

    /** The header that says up to which position a read must have come to show what was done. */
    public static final String POSITION = "Forgewatch-Position";

    private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]([\\x20-\\x7e]{0,198}[\\x21-\\x7e])?");

    private final Commands commands;
    private final Clock clock;

    public CommandAnswers(Commands commands, Clock clock) {
        this.commands = commands;
        this.clock = clock;
    }

    /** The moment of a request, in milliseconds as all our instants are. */
    public Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    /** Answers 200 with what the decision says. */
    public Mono<ResponseEntity<Map<String, Object>>> done(Command command, Caller caller, @Nullable String key) {
        return send(command, caller, key).map(answer -> entity(HttpStatus.OK, answer, answer.body()));
    }

    /** Answers 201 with what the decision says. */
    public Mono<ResponseEntity<Map<String, Object>>> created(Command command, Caller caller, @Nullable String key) {
        return send(command, caller, key).map(answer -> entity(HttpStatus.CREATED, answer, answer.body()));
    }

    /** Sends the command as the caller. */
    public Mono<Commands.Answer> send(Command command, Caller caller, @Nullable String key) {
        if (key != null && !KEY.matcher(key).matches()) {
            return Mono.error(Problem.invalidParameter(
                    IDEMPOTENCY_KEY, "1 to 200 printable ASCII characters. 应为 1 至 200 个可见 ASCII 字符。"));
        }
        String scoped = key == null ? null : "account/" + caller.username() + "/" + key;
        return commands.sendFor(Owner.of(caller), command, Actor.account(caller.username()), scoped);
    }

    /** An answer with the position as its header. */
    public static <T> ResponseEntity<T> entity(HttpStatus status, Commands.Answer answer, T body) {
        return ResponseEntity.status(status)
                .header(POSITION, Long.toString(answer.position()))
                .body(body);
    }
}
