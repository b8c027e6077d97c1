package io.forgewatch.command.audit;

import io.forgewatch.command.decision.EventArchive;
import io.forgewatch.command.decision.EventArchive.Look;
import io.forgewatch.command.decision.EventArchive.Order;
import io.forgewatch.command.decision.EventArchive.Span;
import io.forgewatch.command.decision.Sought;
import io.forgewatch.web.Problem;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/**
 * Sought events as lines of JSON, oldest first. Read a bounded piece at a time and only as fast as they are taken, in no
 * transaction and by no cursor that stays open. The last line says that all is there: {@link End}; an export without it was cut
 * off and goes on after the last position that it has.
 */
final class EventExport {

    /** Events a piece: a few hundred kilobytes. */
    static final int PIECE = 500;

    private final EventArchive archive;
    private final JsonMapper json;

    EventExport(EventArchive archive, JsonMapper json) {
        this.archive = archive;
        this.json = json;
    }

    /**
     * The last line.
     *
     * @param complete always true
     * @param events how many lines came before
     * @param position up to which the store was looked through: what is asked for after it is what is new
     */
    record End(boolean complete, long events, long position) {}

    /** Whole lines, many in each piece; ends without its last line when {@code longest} is over. */
    Flux<byte[]> lines(AuditQuestion question, Duration longest) {
        return all(question).takeUntilOther(Mono.delay(longest));
    }

    private Flux<byte[]> all(AuditQuestion question) {
        Sought sought = question.sought().orElse(null);
        return sought == null
                ? Flux.just(line(new End(true, 0, question.after())))
                : archive.span(sought)
                        .delayUntil(span -> isThere(question.after(), sought, span))
                        .map(span -> span.later(question.after()))
                        .flatMapMany(span -> lines(sought, span));
    }

    /** Whoever has more than there is has it from another store, or from before this one went back: nothing new would ever come. */
    private Mono<Long> isThere(long after, Sought sought, Span span) {
        Mono<Long> end = after <= span.upTo() || sought.to() == null
                ? Mono.just(span.upTo())
                : archive.span(sought.untilNow()).map(Span::upTo);
        return end.doOnNext(last -> {
            if (after > last) {
                throw Problem.invalidParameter(
                        AuditQuestion.AFTER,
                        "There is no such position yet: the last one is " + last + ". 尚无此序号，最后一个为 " + last + "。");
            }
        });
    }

    private Flux<byte[]> lines(Sought sought, Span span) {
        AtomicLong events = new AtomicLong();
        return Mono.just(new Look(List.of(), span))
                .expand(look -> look.rest().isEmpty()
                        ? Mono.empty()
                        : archive.look(sought, look.rest(), Order.OLDEST_FIRST, PIECE))
                .filter(look -> !look.found().isEmpty())
                .map(look -> lines(look, events))
                .concatWith(Mono.fromSupplier(
                        () -> line(new End(true, events.get(), Math.max(span.after(), span.upTo())))));
    }

    private byte[] lines(Look look, AtomicLong events) {
        events.addAndGet(look.found().size());
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        look.found().forEach(traced -> lines.writeBytes(line(AuditItem.of(traced))));
        return lines.toByteArray();
    }

    private byte[] line(Object value) {
        byte[] text = json.writeValueAsBytes(value);
        byte[] line = Arrays.copyOf(text, text.length + 1);
        line[text.length] = '\n';
        return line;
    }
}
