package io.forgewatch.query.equipment;

import io.forgewatch.query.projection.Held;
import io.forgewatch.query.projection.View;
import io.forgewatch.query.telemetry.LiveReadings;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import reactor.core.Disposable;

/** Tells this instance's live readings which points to expect how often, from what is stored: whoever folds it. */
final class DeviceExpectations implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(DeviceExpectations.class);

    private final View<DeviceFold.Kept> view;
    private final LiveReadings live;
    private @Nullable Disposable running;

    DeviceExpectations(View<DeviceFold.Kept> view, LiveReadings live) {
        this.view = view;
        this.live = live;
    }

    @Override
    public void start() {
        running = view.changes().subscribe(this::expect);
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

    @Override
    public void stop() {
        Disposable now = running;
        running = null;
        if (now != null) {
            now.dispose();
        }
    }

    @Override
    public boolean isRunning() {
        return running != null;
    }
}
