package io.forgewatch.command.eventstore.history;

import io.forgewatch.command.eventstore.Press.PressButton;
import io.forgewatch.command.eventstore.StoreBed;
import io.forgewatch.event.Actor;
import io.forgewatch.event.alarm.AlarmId;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * An instance of the store in a process of its own, made to be killed: appends as fast as it can, eight at a time, and says of
 * each on its output when it began and where it was told to be, as {@code begun nanos what} and {@code acknowledged nanos what
 * position}.
 */
final class Appender {

    private static final int AT_ONCE = 8;
    private static final int BUTTONS = 4;

    private Appender() {}

    /** @param arguments the address of the database, a name of its own, the buttons to press */
    public static void main(String[] arguments) {
        StoreBed bed = new StoreBed(arguments[0]);
        String name = arguments[1];
        List<AlarmId> buttons = List.of(arguments).subList(2, 2 + BUTTONS).stream()
                .map(AlarmId.FORM::parse)
                .toList();
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        AtomicLong number = new AtomicLong();
        Flux.range(0, AT_ONCE)
                .flatMap(lane -> press(bed, buttons, name, number, out).repeat())
                .blockLast();
    }

    private static Mono<Void> press(
            StoreBed bed, List<AlarmId> buttons, String name, AtomicLong number, PrintStream out) {
        return Mono.defer(() -> {
            long mine = number.incrementAndGet();
            String what = name + "-" + mine;
            AlarmId button = buttons.get((int) (mine % BUTTONS));
            out.println("begun " + System.nanoTime() + " " + what);
            return bed.commands()
                    .send(
                            new PressButton(button, what, Integer.MAX_VALUE, Instant.EPOCH.plusMillis(mine)),
                            Actor.system("trial"),
                            mine % 2 == 0 ? what : null)
                    .doOnNext(answer ->
                            out.println("acknowledged " + System.nanoTime() + " " + what + " " + answer.position()))
                    .onErrorComplete()
                    .then();
        });
    }
}
