package io.forgewatch.query.warning;

import com.mongodb.client.model.IndexModel;
import com.mongodb.client.model.Indexes;
import io.forgewatch.event.DomainEvent;
import io.forgewatch.event.RecordedEvent;
import io.forgewatch.event.warning.WarningEvent.WarningEscalated;
import io.forgewatch.event.warning.WarningEvent.WarningIssued;
import io.forgewatch.event.warning.WarningEvent.WarningSegmentAdded;
import io.forgewatch.query.outlet.Entry;
import io.forgewatch.query.outlet.StoredEntries;
import io.forgewatch.query.projection.Changed;
import io.forgewatch.query.projection.Documents;
import io.forgewatch.query.projection.Fold;
import io.forgewatch.query.projection.Folding;
import io.forgewatch.query.projection.Held;
import io.forgewatch.query.projection.Projection;
import io.forgewatch.query.projection.ViewName;
import io.forgewatch.query.web.Order;
import io.forgewatch.query.web.Region;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import reactor.core.Exceptions;
import reactor.core.publisher.Mono;

/**
 * Keeps the warnings, their segments and what people hear of them. The stream's entries and the segments are written before the
 * warnings: after a crash in between the same entries come out again and are found to be there, while the other order would lose
 * them. Who listens is told from what is stored, on every instance.
 */
final class WarningProjection implements Projection {

    /** Raised though its documents are as before: each generation keeps what it tells in a collection of its own. */
    static final ViewName NAME = new ViewName("warnings", 5);

    /** Of the last release: kept up to date until this one has taken over. */
    static final ViewName BEFORE = new ViewName("warnings", 4);

    /** The other kind of its documents: one for each segment. */
    static final String SEGMENTS = "warning_segments";

    /** Where the stream's entries are, without version. */
    static final String STREAM = "warnings_told";

    /** Where those of all generations were up to {@link #BEFORE}. */
    static final String SHARED_STREAM = "warning_stream_v1";

    private final Documents<WarningFold.Kept> documents;
    private final Folding<WarningFold.Kept> folding;
    private final Documents<SegmentFold.Kept> segmentDocuments;
    private final Folding<SegmentFold.Kept> segments;
    private final StoredEntries<WarningView> stream;

    WarningProjection(
            Documents<WarningFold.Kept> documents,
            Fold<WarningFold.Kept> fold,
            Documents<SegmentFold.Kept> segments,
            StoredEntries<WarningView> stream) {
        this.documents = documents;
        this.folding = new Folding<>(documents, fold);
        this.segmentDocuments = segments;
        this.segments = new Folding<>(segments, new SegmentFold());
        this.stream = stream;
    }

    @Override
    public Set<Class<? extends DomainEvent>> events() {
        return new WarningFold().events();
    }

    @Override
    public Mono<Void> prepare() {
        return prepare(0);
    }

    @Override
    public Mono<Void> prepare(long upTo) {
        return Mono.fromRunnable(() -> {
                    folding.forget();
                    segments.forget();
                    stream.begin(upTo);
                })
                .then(segmentDocuments.declare(List.of(new IndexModel(Indexes.compoundIndex(
                        Indexes.ascending(SegmentFold.WARNING), Indexes.descending(Order.FIELD))))))
                .then(documents.declare(Region.indexes("status", "level")))
                .then(stream.declare());
    }

    @Override
    public Mono<Void> apply(List<RecordedEvent> batch) {
        List<Entry<WarningView>> happened = new ArrayList<>();
        // Those that a warning has already: what they had to tell was stored before.
        Set<Long> found = batch.stream().map(RecordedEvent::position).collect(Collectors.toCollection(HashSet::new));
        Mono<Collection<Changed<WarningFold.Kept>>> warnings = folding.fold(batch, (event, before, after) -> {
            found.remove(event.position());
            if (isNews(event, before, after)) {
                WarningView warning = after.content().warning();
                happened.add(new Entry<>(event.position(), event.id(), warning.enterpriseId(), warning));
            }
        });
        // Warnings last: what they show is told, also after a crash in between.
        return Mono.zip(warnings, segments.fold(batch, (event, before, after) -> {}))
                .doOnNext(changed -> found.stream().max(Long::compare).ifPresent(stream::foundUpTo))
                .flatMap(changed -> both(stream.keep(happened), segments.write(changed.getT2()))
                        .then(folding.write(changed.getT1())));
    }

    @Override
    public void leftOut(long position) {
        stream.foundUpTo(position);
    }

    @Override
    public void arrived(long position) {
        stream.arrived(position);
    }

    /** To their ends, so that nothing is still being written when the batch comes again; fails as one of them did. */
    private static Mono<Void> both(Mono<Void> one, Mono<Void> other) {
        return Mono.whenDelayError(one, other)
                .onErrorMap(
                        Exceptions::isMultiple,
                        failures -> Exceptions.unwrapMultiple(failures).getFirst());
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
