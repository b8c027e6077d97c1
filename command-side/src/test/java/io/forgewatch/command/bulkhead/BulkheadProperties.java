package io.forgewatch.command.bulkhead;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;

/** Whatever comes of whom and ends when. */
class BulkheadProperties {

    private static final int OWNERS = 5;
    private static final Limits LIMITS = new Limits(3, 12, 6, 2);

    private static final class Piece {
        private final int owner;
        private final Sinks.Empty<Void> end = Sinks.empty();
        private boolean begun;
        private boolean ended;
        private boolean full;

        Piece(int owner) {
            this.owner = owner;
        }
    }

    /** @param steps below 0: one that runs ends; else a piece of that owner comes */
    @Property
    void each_owner_goes_in_order_one_at_a_time_and_no_place_is_left_free_for_one_that_waits(
            @ForAll @Size(max = 200) List<@IntRange(min = -4, max = OWNERS - 1) Integer> steps) {
        Bulkhead bulkhead = new Bulkhead(LIMITS, Schedulers.immediate());
        List<Piece> pieces = new ArrayList<>();
        Map<Integer, List<Piece>> order = new HashMap<>();
        for (int step : steps) {
            if (step < 0) {
                pieces.stream()
                        .filter(piece -> piece.begun && !piece.ended)
                        .skip(-1 - step)
                        .findFirst()
                        .ifPresent(piece -> end(piece));
            } else {
                pieces.add(offered(bulkhead, step, order));
            }
            holds(bulkhead, pieces, order);
        }
        for (int rest = 0; rest <= pieces.size(); rest++) {
            pieces.stream()
                    .filter(piece -> piece.begun && !piece.ended)
                    .findFirst()
                    .ifPresent(BulkheadProperties::end);
        }
        assertThat(pieces)
                .allSatisfy(piece -> assertThat(piece.full || piece.ended).isTrue());
        assertThat(bulkhead.running()).isZero();
        assertThat(bulkhead.waiting()).isZero();
    }

    /** Round and round: between two of one owner each other that waits has its turn. */
    @Property
    void whoever_waits_is_begun_before_any_other_is_begun_twice(
            @ForAll @Size(min = 1, max = 60) List<@IntRange(min = 0, max = OWNERS - 1) Integer> owners) {
        Bulkhead bulkhead = new Bulkhead(new Limits(1, 1_000, 1_000, 1), Schedulers.immediate());
        List<Integer> begun = new ArrayList<>();
        Sinks.Empty<Void> first = Sinks.empty();
        bulkhead.inTurn("first", first.asMono()).subscribe();
        Map<Integer, Integer> left = new HashMap<>();
        for (int owner : owners) {
            left.merge(owner, 1, Integer::sum);
            bulkhead.inTurn("owner " + owner, Mono.fromRunnable(() -> begun.add(owner)))
                    .subscribe();
        }
        first.tryEmitEmpty();

        Map<Integer, Integer> since = new HashMap<>();
        for (int owner : begun) {
            left.merge(owner, -1, Integer::sum);
            since.put(owner, 0);
            left.forEach((other, waiting) -> {
                if (other != owner && waiting > 0) {
                    assertThat(since.merge(other, 1, Integer::sum)).isLessThanOrEqualTo(OWNERS);
                }
            });
        }
        assertThat(begun).hasSameSizeAs(owners);
    }

    private static void end(Piece piece) {
        piece.ended = true;
        piece.end.tryEmitEmpty();
    }

    private static Piece offered(Bulkhead bulkhead, int owner, Map<Integer, List<Piece>> order) {
        Piece piece = new Piece(owner);
        bulkhead.inTurn("owner " + owner, Mono.<Void>defer(() -> {
                    piece.begun = true;
                    return piece.end.asMono();
                }))
                .subscribe(nothing -> {}, failure -> piece.full = failure instanceof FullException);
        if (!piece.full) {
            order.computeIfAbsent(owner, none -> new ArrayList<>()).add(piece);
        }
        return piece;
    }

    private static void holds(Bulkhead bulkhead, List<Piece> pieces, Map<Integer, List<Piece>> order) {
        long running =
                pieces.stream().filter(piece -> piece.begun && !piece.ended).count();
        assertThat(bulkhead.running()).isEqualTo((int) running).isLessThanOrEqualTo(LIMITS.atOnce());
        assertThat(bulkhead.waiting()).isLessThanOrEqualTo(LIMITS.waiting() + OWNERS * LIMITS.assured());
        order.values().forEach(mine -> {
            assertThat(mine.stream().filter(piece -> piece.begun && !piece.ended))
                    .hasSizeLessThanOrEqualTo(1);
            assertThat(mine.stream().dropWhile(piece -> piece.begun)).noneMatch(piece -> piece.begun);
            boolean waits = mine.stream().anyMatch(piece -> !piece.begun);
            boolean runs = mine.stream().anyMatch(piece -> piece.begun && !piece.ended);
            assertThat(waits && !runs && running < LIMITS.atOnce()).isFalse();
        });
    }
}
