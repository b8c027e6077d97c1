package io.forgewatch.query.equipment;

import io.forgewatch.query.projection.View;
import io.forgewatch.query.telemetry.LiveReadings;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;
import reactor.core.Disposable;

/** Tells this instance's live readings which points to expect how often, from what is stored: whoever folds it. */
final class DeviceExpectations implements SmartLifecycle {

    private final View<DeviceFold.Kept> view;
    private final LiveReadings live;
    private @Nullable Disposable running;

    DeviceExpectations(View<DeviceFold.Kept> view, LiveReadings live) {
        this.view = view;
        this.live = live;
    }

    @Override
    public void start() {
        running = view.changes()
                .subscribe(held -> live.expect(held.id(), held.content().points()));
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
