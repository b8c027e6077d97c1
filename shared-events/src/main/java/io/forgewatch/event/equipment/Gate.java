package io.forgewatch.event.equipment;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * When a point's limits count (dossier §2): the gate is open. A gate that is missing, bad, silent, or not one of its states is
 * open: it fails towards the alarm.
 */
public enum Gate {
    /** Always, while the device is in service 在用. */
    IN_SERVICE(null, Set.of()),
    /** Only while AL_CASTING of the same device is 2, 3 or 4 铸造中. */
    CASTING("AL_CASTING", Set.of(2, 3, 4)),
    /** Only in steady casting 稳态 (AL_CASTING = 3) with AL_LENGTH past the start length. */
    STEADY_CASTING("AL_CASTING", Set.of(3)),
    /** Only while BOF_BLOWING of the same device is 1 吹炼中. */
    BLOWING("BOF_BLOWING", Set.of(1)),
    /** Only while CC_CASTING of the same device is 1 浇铸中. */
    POURING("CC_CASTING", Set.of(1));

    private final @Nullable String indicator;
    private final Set<Integer> open;

    Gate(@Nullable String indicator, Set<Integer> open) {
        this.indicator = indicator;
        this.open = open;
    }

    /** The indicator of the device whose state says whether the gate is open, or null where nothing closes it. */
    public @Nullable String indicator() {
        return indicator;
    }

    /** The states of {@link #indicator()} in which it is open; any other of the indicator's states closes it. */
    public Set<Integer> open() {
        return open;
    }
}
