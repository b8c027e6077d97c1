package io.forgewatch.command.gateway;

import io.forgewatch.command.telemetry.Gateway;
import io.forgewatch.event.telemetry.Frame;
import io.forgewatch.event.telemetry.FrameSignature;
import io.forgewatch.web.Problem;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * Takes the body of a frame whose signature is good: digest, JSON, number, log, answer. What was begun is ended also when the
 * gateway hangs up meanwhile, so that its next try gets the answer.
 */
final class FrameDoor {

    private static final Logger LOG = LoggerFactory.getLogger(FrameDoor.class);
    private static final Duration MOST_DOUBT = Duration.ofSeconds(60);

    private final FrameReader reader;
    private final SequenceMemory memory;
    private final FrameLog log;
    private final FrameMetrics metrics;
    private final GatewayWatch watch;
    private final Clock clock;

    FrameDoor(
            FrameReader reader,
            SequenceMemory memory,
            FrameLog log,
            FrameMetrics metrics,
            GatewayWatch watch,
            Clock clock) {
        this.reader = reader;
        this.memory = memory;
        this.log = log;
        this.metrics = metrics;
        this.watch = watch;
        this.clock = clock;
    }

    /**
     * Takes a frame.
     *
     * @param sent the body as sent
     * @return the answer, once the frame is on disk
     * @throws Problem as the contract lists them
     */
    Mono<Answer> take(SignatureCheck.Signed signed, byte[] sent, boolean gzip) {
        byte[] sha256 = FrameSignature.sha256(sent);
        if (signed.digest() == null || !MessageDigest.isEqual(sha256, signed.digest())) {
            throw new Problem(400, "digest-mismatch", "Content-Digest has no sha-256, or not that of this body. 摘要不符。");
        }
        BodyDigest digest = BodyDigest.of(sha256);
        SequenceWindow window = memory.of(signed.gateway().id());
        Mono<Answer> known = again(window, signed.nonce(), digest);
        if (known != null) {
            return known;
        }
        long arrivedAt = clock.millis();
        byte[] body = gzip ? FrameBody.unpacked(sent) : sent;
        FrameReader.Content content = reader.read(body, signed.gateway(), signed.offset(), arrivedAt);
        if (!Long.toUnsignedString(content.sequence()).equals(signed.nonce())) {
            throw new Problem(401, "sequence-mismatch", "The nonce is not the frame's sequence. 序号与签名不符。");
        }
        return switch (window.claim(content.sequence(), digest)) {
            case SequenceWindow.Claim.Fresh(Mono<Answer> answer) -> {
                write(signed, content, sha256, arrivedAt, window);
                yield inOrder(answer);
            }
            case SequenceWindow.Claim.Repeat(Mono<Answer> answer) -> repeated(answer);
            case SequenceWindow.Claim.Conflict() -> throw conflict();
            case SequenceWindow.Claim.TooOld() ->
                throw new Problem(409, "sequence-too-old", "The sequence is older than the last 1,024. 序号过旧。");
            case SequenceWindow.Claim.Undecided() ->
                throw elsewhere("Whether the frame is on disk shows in a moment; send it again. 落盘结果待确认，请重发。");
            case SequenceWindow.Claim.Busy() ->
                throw new Problem(
                        429,
                        "too-many-requests",
                        "Too many frames of this gateway are under way. 请稍后重试。",
                        List.of(),
                        Map.of("Retry-After", "1"));
        };
    }

    /** A repeat needs no second parsing: the same digest is the same body, whose number fitted its nonce. */
    private @Nullable Mono<Answer> again(SequenceWindow window, String nonce, BodyDigest digest) {
        if (!nonce.matches("[0-9]{1,20}")) {
            return null;
        }
        try {
            return window.known(Long.parseUnsignedLong(nonce), digest) instanceof SequenceWindow.Claim.Repeat repeat
                    ? repeated(repeat.answer())
                    : null;
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private Mono<Answer> repeated(Mono<Answer> answer) {
        metrics.repeated();
        return inOrder(answer);
    }

    private static Mono<Answer> inOrder(Mono<Answer> answer) {
        return answer.onErrorMap(SequenceWindow.OvertakenException.class, overtaken -> conflict());
    }

    private static Problem conflict() {
        return new Problem(409, "sequence-conflict", "The sequence was used for another body. 序号已被其他内容使用。");
    }

    private void write(
            SignatureCheck.Signed signed,
            FrameReader.Content content,
            byte[] sha256,
            long arrivedAt,
            SequenceWindow window) {
        long sequence = content.sequence();
        String enterpriseId = signed.gateway().enterpriseId();
        Gateway gateway = signed.gateway();
        String gatewayId = gateway.id();
        try {
            List<Frame.Refused> refused = content.columns().refused();
            Answer answer = new Answer(sequence, content.columns().size(), refused);
            byte[] frame = content.columns().write(enterpriseId, gatewayId, sequence, sha256);
            log.write(enterpriseId, frame, arrivedAt)
                    .subscribe(
                            place -> {
                                metrics.accepted(gatewayId, answer);
                                watch.accepted(gateway, arrivedAt, signed.offset(), content.times());
                                window.written(new UsedNumber(BodyDigest.of(sha256), answer, place.offset()));
                            },
                            failure -> {
                                watch.interrupted(gateway);
                                window.release(sequence, decided(failure), notOnDisk(failure));
                            });
        } catch (RuntimeException e) {
            window.release(sequence, null, e);
        }
    }

    /**
     * Whether it is known what became of a frame that was not confirmed: once something is on disk that was written after it, and the
     * log was read up to there. A log that can't be read holds up nobody for ever: then the frame can be in it twice.
     */
    private @Nullable BooleanSupplier decided(Throwable failure) {
        if (!(failure instanceof FrameLog.UndecidedException undecided)) {
            return null;
        }
        long latest = clock.millis() + MOST_DOUBT.toMillis();
        return () -> {
            FrameLog.Place later = undecided.later();
            return later != null && (memory.hasRead(later) || clock.millis() >= latest);
        };
    }

    private static Problem notOnDisk(Throwable failure) {
        if (!(failure instanceof FrameLog.NotWrittenException)) {
            LOG.debug("A frame was not confirmed by Kafka", failure);
        }
        return elsewhere("The frame is not on disk; send it again. 暂未落盘，请重发。");
    }

    /** The connection ends with it: another instance may reach the log that this one doesn't, and gateways keep theirs for hours. */
    static Problem elsewhere(String detail) {
        return new Problem(503, "unavailable", detail, List.of(), Map.of("Retry-After", "1", "Connection", "close"));
    }

    /** The door is not open yet: whoever is here already would only have to come again. */
    static Problem soon() {
        return new Problem(
                503, "unavailable", "The door opens in a moment. 正在启动，请稍后重试。", List.of(), Map.of("Retry-After", "1"));
    }
}
