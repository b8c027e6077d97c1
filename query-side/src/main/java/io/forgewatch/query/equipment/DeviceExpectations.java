package io.forgewatch.query.equipment;

import io.forgewatch.query.projection.Held;
import io.forgewatch.query.projection.View;
import io.forgewatch.query.telemetry.LiveReadings;
import io.forgewatch.standing.StandingStream;
import io.forgewatch.standing.StandingStreams;
import io.forgewatch.standing.Stands;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells this instance's live readings which points to expect how often, from what is stored: whoever folds it. */
final class DeviceExpectations implements Stands {

    private static final Logger LOG = LoggerFactory.getLogger(DeviceExpectations.class);

    private final LiveReadings live;
    private final StandingStream standing;

    DeviceExpectations(View<DeviceFold.Kept> view, LiveReadings live, StandingStreams streams) {
        this.live = live;
        this.standing = streams.of("device expectations", () -> view.changes().doOnNext(this::expect));
    }

    @Override
    public List<StandingStream> standing() {
        return List.of(standing);
    }

    /** One device that cannot be expected must not keep all others from it, for good. */
    private void expect(Held<DeviceFold.Kept> held) {
        try {
            live.expect(held.id(), held.content().points());
        } catch (RuntimeException cannot) {
            LOG.error(
                    "Points of {} are not expected: whether they are connected is judged as if unsaid",
                    held.id(),
                    cannot);
        }
    }
}
