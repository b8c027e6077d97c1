package io.forgewatch.query.warning;

import com.mongodb.client.model.IndexModel;
import com.mongodb.client.model.Indexes;
import io.forgewatch.event.RecordedEvent;
import io.forgewatch.event.warning.WarningEvent.WarningEscalated;
import io.forgewatch.event.warning.WarningEvent.WarningIssued;
import io.forgewatch.event.warning.WarningEvent.WarningSegmentAdded;
import io.forgewatch.query.outlet.Entry;
import io.forgewatch.query.outlet.Late;
import io.forgewatch.query.outlet.StoredEntries;
import io.forgewatch.query.projection.Documents;
import io.forgewatch.query.projection.Fold;
import io.forgewatch.query.projection.Folding;
import io.forgewatch.query.projection.Generation;
import io.forgewatch.query.projection.Held;
import io.forgewatch.query.projection.Progress;
import io.forgewatch.query.projection.Projection;
import io.forgewatch.query.projection.ViewName;
import io.forgewatch.query.web.Order;
import io.forgewatch.query.web.Region;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Keeps the warnings, their segments and what people hear of them. The stream's entries and the segments are written before the
 * warnings: after a crash in between the same entries come out again and are found to be there, while the other order would lose
 * them. Who listens is told from what is stored, on every instance.
 */
final class WarningProjection implements Projection {

    static final ViewName NAME = new ViewName("warnings", 4);

    /** The other kind of its documents: one for each segment. */
    static final String SEGMENTS = "warning_segments";

    /** Where the stream's entries are. */
    static final String STREAM = "warning_stream_v1";

    private final Documents<WarningFold.Kept> documents;
    private final Folding<WarningFold.Kept> folding;
    private final Documents<SegmentFold.Kept> segmentDocuments;
    private final Folding<SegmentFold.Kept> segments;
    private final StoredEntries<WarningView> stream;
    private final Generation generation;
    private final Progress progress;

    /** @param generation up to whose {@code told} the stream's entries are stored by what was built before */
    WarningProjection(
            Documents<WarningFold.Kept> documents,
            Fold<WarningFold.Kept> fold,
            Documents<SegmentFold.Kept> segments,
            StoredEntries<WarningView> stream,
            Generation generation,
            Progress progress) {
        this.documents = documents;
        this.folding = new Folding<>(documents, fold);
        this.segmentDocuments = segments;
        this.segments = new Folding<>(segments, new SegmentFold());
        this.stream = stream;
        this.generation = generation;
        this.progress = progress;
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
                .then(stream.declare());
    }

    @Override
    public Mono<Void> apply(List<RecordedEvent> batch) {
        List<Entry<WarningView>> happened = new ArrayList<>();
        return folding.fold(batch, (event, before, after) -> {
                    if (event.position() > generation.told() && isNews(event, before, after)) {
                        WarningView warning = after.content().warning();
                        happened.add(new Entry<>(event.position(), warning.enterpriseId(), warning));
                    }
                })
                .zipWhen(changed -> segments.fold(batch, (event, before, after) -> {}))
                .flatMap(changed -> stream.keep(happened, Late.of(generation, progress))
                        .then(segments.write(changed.getT2()))
                        .then(folding.write(changed.getT1())));
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
