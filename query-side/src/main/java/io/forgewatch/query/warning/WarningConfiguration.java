package io.forgewatch.query.warning;

import com.mongodb.reactivestreams.client.MongoDatabase;
import io.forgewatch.query.projection.Documents;
import io.forgewatch.query.projection.Progress;
import io.forgewatch.query.projection.Projection;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class WarningConfiguration {

    @Bean
    Documents<WarningFold.Kept> warningDocuments(MongoDatabase views) {
        return new Documents<>(views, WarningProjection.NAME, new WarningFold());
    }

    @Bean
    WarningPast warningPast(MongoDatabase views) {
        return new WarningPast(views);
    }

    @Bean
    WarningLive warningLive() {
        return new WarningLive();
    }

    @Bean
    Projection warningProjection(Documents<WarningFold.Kept> warningDocuments, WarningPast past, WarningLive live) {
        return new WarningProjection(warningDocuments, past, live);
    }

    @Bean
    WarningStream warningStream(WarningPast past, WarningLive live, Progress progress) {
        return new WarningStream(past, live, progress);
    }

    @Bean
    WarningQueries warningQueries(Documents<WarningFold.Kept> warningDocuments) {
        return new WarningQueries(warningDocuments);
    }
}
