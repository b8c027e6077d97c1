package io.forgewatch.query.warning;

import com.mongodb.reactivestreams.client.MongoDatabase;
import io.forgewatch.query.outlet.Chronicle;
import io.forgewatch.query.outlet.EventStream;
import io.forgewatch.query.outlet.Outlet;
import io.forgewatch.query.projection.DocumentKind;
import io.forgewatch.query.projection.Documents;
import io.forgewatch.query.projection.Progress;
import io.forgewatch.query.projection.Reads;
import io.forgewatch.query.projection.View;
import io.forgewatch.query.projection.ViewDefinition;
import io.forgewatch.query.projection.ViewName;
import io.forgewatch.standing.StandingStreams;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

@Configuration(proxyBeanMethods = false)
class WarningConfiguration {

    @Bean
    ViewDefinition warningDefinition(MongoDatabase views, Chronicle<WarningView> warningChronicle) {
        return definition(WarningProjection.NAME, views, warningChronicle);
    }

    @Bean
    ViewDefinition warningDefinitionBefore(MongoDatabase views, Chronicle<WarningView> warningChronicle) {
        return definition(WarningProjection.BEFORE, views, warningChronicle);
    }

    private static ViewDefinition definition(ViewName name, MongoDatabase views, Chronicle<WarningView> chronicle) {
        WarningFold fold = new WarningFold();
        return new ViewDefinition(
                name,
                generation -> new WarningProjection(
                        new Documents<>(views, generation.collection(), fold),
                        fold,
                        new Documents<>(views, generation.collection(WarningProjection.SEGMENTS), new SegmentFold()),
                        chronicle.of(generation)),
                Map.of(
                        name.name(),
                        DocumentKind.of(fold),
                        WarningProjection.SEGMENTS,
                        DocumentKind.of(new SegmentFold())),
                chronicle);
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
    Chronicle<WarningView> warningChronicle(MongoDatabase views, Reads reads) {
        return Chronicle.of(views, reads, WarningProjection.STREAM, WarningView.class)
                .sharedUpTo(WarningProjection.BEFORE.version(), WarningProjection.SHARED_STREAM);
    }

    /** People are told what was added last, not what they have heard. */
    @Bean
    Outlet<WarningView> warningOutlet(
            Chronicle<WarningView> warningChronicle,
            Progress progress,
            JsonMapper json,
            StandingStreams streams,
            MeterRegistry meters) {
        Outlet<WarningView> outlet = new Outlet<>(
                WarningProjection.NAME,
                warningChronicle,
                warning -> json.writeValueAsString(warning.newest(1)),
                progress,
                streams);
        Gauge.builder("forgewatch.stream.listeners", outlet, Outlet::listening)
                .description("Who listens to a stream")
                .tag("stream", "warnings")
                .register(meters);
        Gauge.builder("forgewatch.stream.behind", outlet, Outlet::behind)
                .description("How many positions the view is ahead of what a stream has said")
                .tag("stream", "warnings")
                .register(meters);
        Gauge.builder("forgewatch.stream.unreadable", outlet, Outlet::unreadable)
                .description("Entries of a stream that cannot be read, and so are told nobody")
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
