package io.forgewatch.command.audit;

import io.forgewatch.command.decision.EventArchive;
import io.forgewatch.command.decision.EventArchive.Look;
import io.forgewatch.command.decision.EventArchive.Order;
import io.forgewatch.command.decision.EventArchive.Span;
import io.forgewatch.command.decision.Sought;
import io.forgewatch.command.decision.Traced;
import io.forgewatch.web.Page;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Pages of sought events. However few they are, a page asks for a bounded amount of work: it may end early, even empty, with a
 * cursor that goes on where it stopped.
 */
final class EventPages {

    /** With a few thousand candidates in each. */
    private static final int MOST_LOOKS = 24;

    private final EventArchive archive;

    EventPages(EventArchive archive) {
        this.archive = archive;
    }

    Mono<Page<AuditItem>> page(AuditQuestion question) {
        Sought sought = question.sought().orElse(null);
        if (sought == null) {
            return Mono.just(new Page<>(List.of(), null));
        }
        return archive.span(sought)
                .map(question::remaining)
                .flatMap(span -> gather(question, sought, new Look(List.of(), span), MOST_LOOKS))
                .map(look -> page(question, look));
    }

    private Mono<Look> gather(AuditQuestion question, Sought sought, Look sofar, int looks) {
        int missing = question.limit() + 1 - sofar.found().size();
        return missing <= 0 || sofar.rest().isEmpty() || looks == 0
                ? Mono.just(sofar)
                : archive.look(sought, sofar.rest(), question.order(), missing)
                        .flatMap(look -> gather(question, sought, and(sofar, look), looks - 1));
    }

    private static Look and(Look one, Look other) {
        return new Look(
                Stream.concat(one.found().stream(), other.found().stream()).toList(), other.rest());
    }

    private static Page<AuditItem> page(AuditQuestion question, Look look) {
        List<Traced> shown = look.found().stream().limit(question.limit()).toList();
        return new Page<>(shown.stream().map(AuditItem::of).toList(), next(question, look));
    }

    private static @Nullable String next(AuditQuestion question, Look look) {
        if (look.found().size() > question.limit()) {
            return question.beyond(look.found().get(question.limit() - 1).position());
        }
        Span rest = look.rest();
        if (rest.isEmpty()) {
            return null;
        }
        return question.beyond(question.order() == Order.OLDEST_FIRST ? rest.after() : rest.upTo() + 1);
    }
}
