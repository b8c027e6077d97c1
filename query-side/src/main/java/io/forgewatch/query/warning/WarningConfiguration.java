package io.forgewatch.query.warning;

import com.mongodb.reactivestreams.client.MongoDatabase;
import io.forgewatch.query.outlet.EventStream;
import io.forgewatch.query.outlet.Outlet;
import io.forgewatch.query.outlet.StoredEntries;
import io.forgewatch.query.projection.DocumentKind;
import io.forgewatch.query.projection.Documents;
import io.forgewatch.query.projection.Progress;
import io.forgewatch.query.projection.Reads;
import io.forgewatch.query.projection.View;
import io.forgewatch.query.projection.ViewDefinition;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class WarningConfiguration {

    @Bean
    ViewDefinition warningDefinition(
            MongoDatabase views, StoredEntries<WarningView> warningEntries, Progress progress) {
        WarningFold fold = new WarningFold();
        return new ViewDefinition(
                WarningProjection.NAME,
                generation -> new WarningProjection(
                        new Documents<>(views, generation.collection(), fold),
                        fold,
                        new Documents<>(views, generation.collection(WarningProjection.SEGMENTS), new SegmentFold()),
                        warningEntries,
                        generation,
                        progress),
                Map.of(
                        WarningProjection.NAME.name(),
                        DocumentKind.of(fold),
                        WarningProjection.SEGMENTS,
                        DocumentKind.of(new SegmentFold())));
    }

    @Bean
    View<WarningFold.Kept> warningView(Reads reads, Progress progress) {
        return new View<>(reads, WarningProjection.NAME, new WarningFold(), progress);
    }

    @Bean
    View<SegmentFold.Kept> segmentView(Reads reads, Progress progress) {
        return new View<>(reads, WarningProjection.NAME, WarningProjection.SEGMENTS, new SegmentFold(), progress);
    }

    @Bean
    StoredEntries<WarningView> warningEntries(MongoDatabase views, Reads reads) {
        return new StoredEntries<>(views, reads, WarningProjection.STREAM, WarningView.class);
    }

    @Bean
    Outlet<WarningView> warningOutlet(
            StoredEntries<WarningView> warningEntries, Progress progress, MeterRegistry meters) {
        Outlet<WarningView> outlet = new Outlet<>(WarningProjection.NAME, warningEntries, progress);
        Gauge.builder("forgewatch.stream.listeners", outlet, Outlet::listening)
                .description("Who listens to a stream")
                .tag("stream", "warnings")
                .register(meters);
        return outlet;
    }

    @Bean
    EventStream<WarningView> warningStream(Outlet<WarningView> warningOutlet) {
        return warningOutlet.stream();
    }

    @Bean
    WarningQueries warningQueries(View<WarningFold.Kept> warningView, View<SegmentFold.Kept> segmentView) {
        return new WarningQueries(warningView, segmentView);
    }
}
