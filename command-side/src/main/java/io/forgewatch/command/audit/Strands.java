package io.forgewatch.command.audit;

import io.forgewatch.command.decision.Decider;
import io.forgewatch.event.Subject;
import io.forgewatch.event.alarm.AlarmId;
import io.forgewatch.event.enterprise.EnterpriseId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Which deciders know a subject, by which key, and where in their state it is. */
final class Strands {

    private final Map<String, Decider<?, ?>> deciders;

    Strands(Collection<? extends Decider<?, ?>> deciders) {
        this.deciders = deciders.stream().collect(Collectors.toUnmodifiableMap(Decider::name, Function.identity()));
    }

    /** Empty when nothing here decides on such subjects (yet). */
    List<Strand<?>> of(Subject subject) {
        String id = subject.id();
        return switch (subject.type()) {
            case WARNING ->
                List.of(
                        strand("feedback", id, Lens::answers),
                        strand("warning", EnterpriseId.of(id).value(), Lens.openWarning(id)));
            case ALARM -> List.of(strand("alarm", AlarmId.FORM.parse(id).point(), Lens.alarm(id)));
            // By the one that bears its name, whole.
            default ->
                deciders.containsKey(subject.type().wire())
                        ? List.of(strand(subject.type().wire(), id, Lens::whole))
                        : List.of();
        };
    }

    private Strand<?> strand(String decider, String key, Lens lens) {
        Decider<?, ?> known = deciders.get(decider);
        if (known == null) {
            throw new IllegalStateException("There is no decider named " + decider);
        }
        return strand(known, key, lens);
    }

    private static <S> Strand<S> strand(Decider<S, ?> decider, String key, Lens lens) {
        return new Strand<>(decider, key, lens);
    }
}
