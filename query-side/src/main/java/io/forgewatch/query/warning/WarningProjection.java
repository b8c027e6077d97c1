package io.forgewatch.query.warning;

import com.mongodb.client.model.IndexModel;
import com.mongodb.client.model.Indexes;
import io.forgewatch.event.RecordedEvent;
import io.forgewatch.event.warning.WarningEvent.WarningEscalated;
import io.forgewatch.event.warning.WarningEvent.WarningIssued;
import io.forgewatch.event.warning.WarningEvent.WarningSegmentAdded;
import io.forgewatch.query.projection.Documents;
import io.forgewatch.query.projection.Fold;
import io.forgewatch.query.projection.Folding;
import io.forgewatch.query.projection.Held;
import io.forgewatch.query.projection.Projection;
import io.forgewatch.query.projection.ViewName;
import io.forgewatch.query.web.Order;
import io.forgewatch.query.web.Region;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Keeps the warnings, their segments and their stream. The stream's entries and the segments are written before the warnings: after a crash in between the same
 * entries come out again and are found to be there, while the other order would lose them. What was in the stream before this
 * process began is not said again when the view is built anew.
 */
final class WarningProjection implements Projection {

    static final ViewName NAME = new ViewName("warnings", 4);

    /** The other kind of its documents: one for each segment. */
    static final String SEGMENTS = "warning_segments";

    private final Documents<WarningFold.Kept> documents;
    private final Folding<WarningFold.Kept> folding;
    private final Documents<SegmentFold.Kept> segmentDocuments;
    private final Folding<SegmentFold.Kept> segments;
    private final WarningPast past;
    private final WarningLive live;
    private final long told;

    /** @param told up to which position the stream's entries are stored by what was built before */
    WarningProjection(
            Documents<WarningFold.Kept> documents,
            Fold<WarningFold.Kept> fold,
            Documents<SegmentFold.Kept> segments,
            WarningPast past,
            WarningLive live,
            long told) {
        this.documents = documents;
        this.folding = new Folding<>(documents, fold);
        this.segmentDocuments = segments;
        this.segments = new Folding<>(segments, new SegmentFold());
        this.past = past;
        this.live = live;
        this.told = told;
    }

    @Override
    public Mono<Void> prepare() {
        return Mono.fromRunnable(() -> {
                    folding.forget();
                    segments.forget();
                })
                .then(segmentDocuments.declare(List.of(new IndexModel(Indexes.compoundIndex(
                        Indexes.ascending(SegmentFold.WARNING), Indexes.descending(Order.FIELD))))))
                .then(documents.declare(Region.indexes("status", "level")))
                .then(past.declare())
                .then(past.last())
                .doOnNext(live::begin)
                .then();
    }

    @Override
    public Mono<Void> apply(List<RecordedEvent> batch) {
        List<StreamEntry> happened = new ArrayList<>();
        return folding.fold(batch, (event, before, after) -> {
                    if (event.position() > told && isNews(event, before, after)) {
                        happened.add(new StreamEntry(
                                event.position(), after.content().warning()));
                    }
                })
                .flatMap(changed ->
                        past.keep(happened).then(segments.apply(batch)).then(folding.write(changed)))
                .doOnSuccess(written -> live.publish(happened));
    }

    private static boolean isNews(
            RecordedEvent event, WarningFold.@Nullable Kept before, Held<WarningFold.Kept> after) {
        return event.event() instanceof WarningIssued
                || event.event() instanceof WarningSegmentAdded
                || event.event() instanceof WarningEscalated
                || before == null
                || before.warning().status() != after.content().warning().status();
    }
}
