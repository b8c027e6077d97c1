package io.forgewatch.command.eventstore;

import static org.assertj.core.api.Assertions.assertThat;

/** A state as a snapshot of it would give it back. */
public final class KeptState {

    private KeptState() {}

    @SuppressWarnings("unchecked") // it is read as the class that it was written from
    public static <S> S readBack(S state) {
        S back = (S) SnapshotJson.read(SnapshotJson.write(state), state.getClass());
        assertThat(back).isEqualTo(state);
        return back;
    }
}
