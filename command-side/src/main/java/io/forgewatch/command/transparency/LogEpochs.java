package io.forgewatch.command.transparency;

import io.forgewatch.command.decision.Decider;
import io.forgewatch.command.decision.Decision;
import io.forgewatch.command.decision.Refusal;
import io.forgewatch.command.decision.Sourcing;
import io.forgewatch.command.transparency.TransparencyCommand.OpenEpoch;
import io.forgewatch.event.Subject;
import io.forgewatch.event.SubjectType;
import io.forgewatch.event.transparency.TransparencyEvent;
import io.forgewatch.event.transparency.TransparencyEvent.LogEpochOpened;
import java.util.Map;

/** The log's epochs 纪元: each number is opened once, and they rise. */
public final class LogEpochs implements Decider<LogEpochs.Newest, TransparencyCommand> {

    /** The first epoch, which no event opens. */
    static final int FIRST = 1;

    private static final Sourcing<Newest> SOURCING = Sourcing.from(new Newest(FIRST))
            .on(TransparencyEvent.class, host -> subject(host).tag(), LogEpochs::after);

    /** @param epoch the newest one */
    public record Newest(int epoch) {}

    static Subject subject(String host) {
        return new Subject(SubjectType.LOG, host);
    }

    @Override
    public String name() {
        return "log";
    }

    @Override
    public Class<TransparencyCommand> commands() {
        return TransparencyCommand.class;
    }

    @Override
    public String key(TransparencyCommand command) {
        return command.host();
    }

    @Override
    public Sourcing<Newest> sourcing() {
        return SOURCING;
    }

    @Override
    public Decision decide(Newest newest, TransparencyCommand command) {
        return switch (command) {
            case OpenEpoch open
            when open.epoch() > newest.epoch() ->
                Decision.answering(
                        Map.of("epoch", open.epoch()),
                        new LogEpochOpened(open.host(), open.epoch(), open.departed(), open.reason(), open.at()));
            case OpenEpoch late ->
                Decision.refused(
                        Refusal.Kind.CONFLICT,
                        "log-epoch-open",
                        "该纪元已由他人开启。",
                        "Somebody opened this epoch, or a later one, already.");
        };
    }

    private static Newest after(Newest newest, TransparencyEvent event) {
        return switch (event) {
            case LogEpochOpened opened -> new Newest(opened.epoch());
        };
    }
}
