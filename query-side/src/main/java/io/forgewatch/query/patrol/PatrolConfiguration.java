package io.forgewatch.query.patrol;

import com.mongodb.reactivestreams.client.MongoDatabase;
import io.forgewatch.query.projection.DocumentKind;
import io.forgewatch.query.projection.Documents;
import io.forgewatch.query.projection.Progress;
import io.forgewatch.query.projection.Reads;
import io.forgewatch.query.projection.View;
import io.forgewatch.query.projection.ViewDefinition;
import io.forgewatch.query.telemetry.LiveReadings;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class PatrolConfiguration {

    @Bean
    ViewDefinition overviewDefinition(MongoDatabase views) {
        return new ViewDefinition(
                OverviewProjection.NAME,
                generation -> new OverviewProjection(
                        new Documents<>(views, generation.collection(), new TallyShape()),
                        new Documents<>(
                                views,
                                generation.collection(OverviewProjection.ENTERPRISES),
                                new EnterpriseTallyFold())),
                Map.of(
                        OverviewProjection.NAME.name(),
                        DocumentKind.of(event -> List.of(), TallyRecount::new),
                        OverviewProjection.ENTERPRISES,
                        DocumentKind.of(new EnterpriseTallyFold())));
    }

    @Bean
    View<Tally> overviewView(Reads reads, Progress progress) {
        return new View<>(reads, OverviewProjection.NAME, new TallyShape(), progress);
    }

    @Bean
    OverviewQueries overviewQueries(View<Tally> overviewView, LiveReadings live, Clock clock) {
        return new OverviewQueries(overviewView, live, clock);
    }
}
