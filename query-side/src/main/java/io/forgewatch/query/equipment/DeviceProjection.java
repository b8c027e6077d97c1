package io.forgewatch.query.equipment;

import io.forgewatch.event.RecordedEvent;
import io.forgewatch.event.equipment.EquipmentEvent.DeviceRegistered;
import io.forgewatch.query.projection.Documents;
import io.forgewatch.query.projection.Fold;
import io.forgewatch.query.projection.Folding;
import io.forgewatch.query.projection.Projection;
import io.forgewatch.query.projection.ViewName;
import io.forgewatch.query.telemetry.LiveReadings;
import io.forgewatch.query.web.Region;
import java.util.List;
import reactor.core.publisher.Mono;

/** Keeps the devices, and tells the live readings which points to expect how often. */
final class DeviceProjection implements Projection {

    static final ViewName NAME = new ViewName("devices", 2);

    private final Documents<DeviceFold.Kept> documents;
    private final Folding<DeviceFold.Kept> folding;
    private final LiveReadings live;
    private final long told;

    /** @param told up to which position the live readings know of registrations by what was built before */
    DeviceProjection(Documents<DeviceFold.Kept> documents, Fold<DeviceFold.Kept> fold, LiveReadings live, long told) {
        this.documents = documents;
        this.folding = new Folding<>(documents, fold);
        this.live = live;
        this.told = told;
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
            if (recorded.position() > told && recorded.event() instanceof DeviceRegistered registered) {
                live.expect(registered.deviceId(), registered.points());
            }
        }
        return folding.apply(batch);
    }
}
