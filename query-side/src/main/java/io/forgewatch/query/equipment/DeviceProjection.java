package io.forgewatch.query.equipment;

import io.forgewatch.event.RecordedEvent;
import io.forgewatch.event.equipment.EquipmentEvent.DeviceRegistered;
import io.forgewatch.query.projection.Documents;
import io.forgewatch.query.projection.Folding;
import io.forgewatch.query.projection.Projection;
import io.forgewatch.query.projection.ViewName;
import io.forgewatch.query.telemetry.LiveReadings;
import io.forgewatch.query.web.Region;
import java.util.List;
import reactor.core.publisher.Mono;

/** Keeps the devices, and tells the live readings which points to expect how often. */
final class DeviceProjection implements Projection {

    static final ViewName NAME = new ViewName("devices", 1);

    private final Documents<DeviceFold.Kept> documents;
    private final Folding<DeviceFold.Kept> folding;
    private final LiveReadings live;

    DeviceProjection(Documents<DeviceFold.Kept> documents, LiveReadings live) {
        this.documents = documents;
        this.folding = new Folding<>(documents);
        this.live = live;
    }

    @Override
    public ViewName name() {
        return NAME;
    }

    @Override
    public Mono<Void> prepare() {
        return Mono.fromRunnable(folding::forget)
                .then(documents.declare(Region.indexes("class")))
                .thenMany(documents.held())
                .doOnNext(held -> live.expect(held.id(), held.content().points()))
                .then();
    }

    @Override
    public Mono<Void> apply(List<RecordedEvent> batch) {
        for (RecordedEvent recorded : batch) {
            if (recorded.event() instanceof DeviceRegistered registered) {
                live.expect(registered.deviceId(), registered.points());
            }
        }
        return folding.apply(batch);
    }
}
