package io.forgewatch.query.warning;

import com.mongodb.reactivestreams.client.MongoDatabase;
import io.forgewatch.query.projection.DocumentKind;
import io.forgewatch.query.projection.Documents;
import io.forgewatch.query.projection.Progress;
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
    ViewDefinition warningDefinition(MongoDatabase views, WarningPast past, WarningLive live) {
        WarningFold fold = new WarningFold();
        return new ViewDefinition(
                WarningProjection.NAME,
                generation -> new WarningProjection(
                        new Documents<>(views, generation.collection(), fold),
                        fold,
                        new Documents<>(views, generation.collection(WarningProjection.SEGMENTS), new SegmentFold()),
                        past,
                        live,
                        generation.told()),
                Map.of(
                        WarningProjection.NAME.name(),
                        DocumentKind.of(fold),
                        WarningProjection.SEGMENTS,
                        DocumentKind.of(new SegmentFold())));
    }

    @Bean
    View<WarningFold.Kept> warningView(MongoDatabase views, Progress progress) {
        return new View<>(views, WarningProjection.NAME, new WarningFold(), progress);
    }

    @Bean
    View<SegmentFold.Kept> segmentView(MongoDatabase views, Progress progress) {
        return new View<>(views, WarningProjection.NAME, WarningProjection.SEGMENTS, new SegmentFold(), progress);
    }

    @Bean
    WarningPast warningPast(MongoDatabase views) {
        return new WarningPast(views);
    }

    @Bean
    WarningLive warningLive(MeterRegistry meters) {
        WarningLive live = new WarningLive();
        Gauge.builder("forgewatch.stream.listeners", live, WarningLive::listeners)
                .description("Who listens to the stream of warnings")
                .tag("stream", "warnings")
                .register(meters);
        return live;
    }

    @Bean
    WarningStream warningStream(WarningPast past, WarningLive live, Progress progress) {
        return new WarningStream(past, live, progress);
    }

    @Bean
    WarningQueries warningQueries(View<WarningFold.Kept> warningView, View<SegmentFold.Kept> segmentView) {
        return new WarningQueries(warningView, segmentView);
    }
}
