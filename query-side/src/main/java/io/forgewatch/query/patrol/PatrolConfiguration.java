package io.forgewatch.query.patrol;

import com.mongodb.reactivestreams.client.MongoDatabase;
import io.forgewatch.query.projection.Documents;
import io.forgewatch.query.projection.Progress;
import io.forgewatch.query.projection.Projection;
import io.forgewatch.query.telemetry.LiveReadings;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class PatrolConfiguration {

    @Bean
    Documents<Tally> overviewDocuments(MongoDatabase views) {
        return new Documents<>(views, OverviewProjection.NAME, OverviewProjection.kept());
    }

    @Bean
    Projection overviewProjection(MongoDatabase views, Documents<Tally> overviewDocuments) {
        return new OverviewProjection(
                overviewDocuments, new Documents<>(views, OverviewProjection.ENTERPRISES, new EnterpriseTallyFold()));
    }

    @Bean
    OverviewQueries overviewQueries(
            Documents<Tally> overviewDocuments, Progress progress, LiveReadings live, Clock clock) {
        return new OverviewQueries(overviewDocuments, progress, live, clock);
    }
}
