package io.forgewatch.command.transparency;

import io.forgewatch.command.decision.Decider;
import io.forgewatch.command.decision.Decision;
import io.forgewatch.command.decision.Refusal;
import io.forgewatch.command.decision.Selection;
import io.forgewatch.command.transparency.TransparencyCommand.OpenEpoch;
import io.forgewatch.event.DomainEvent;
import io.forgewatch.event.Subject;
import io.forgewatch.event.SubjectType;
import io.forgewatch.event.transparency.TransparencyEvent;
import io.forgewatch.event.transparency.TransparencyEvent.LogEpochOpened;
import java.util.Map;

/** The log's epochs 纪元: each number is opened once, and they rise. */
public final class LogEpochs implements Decider<LogEpochs.Newest, TransparencyCommand> {

    /** The first epoch, which no event opens. */
    static final int FIRST = 1;

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
    public Selection selection(String host) {
        return Selection.tagged(subject(host).tag(), TransparencyEvent.class);
    }

    @Override
    public Newest initial(String host) {
        return new Newest(FIRST);
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

    @Override
    public Newest evolve(Newest newest, DomainEvent event) {
        return event instanceof LogEpochOpened opened ? new Newest(opened.epoch()) : newest;
    }
}
