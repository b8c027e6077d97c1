package io.forgewatch.query.warning;

import com.mongodb.reactivestreams.client.MongoDatabase;
import io.forgewatch.query.projection.Documents;
import io.forgewatch.query.projection.FoldedProjection;
import io.forgewatch.query.projection.Projection;
import io.forgewatch.query.projection.ViewName;
import io.forgewatch.query.web.Region;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class WarningConfiguration {

    static final ViewName NAME = new ViewName("warnings", 1);

    @Bean
    Documents<WarningFold.Kept> warningDocuments(MongoDatabase views) {
        return new Documents<>(views, NAME, new WarningFold());
    }

    @Bean
    Projection warningProjection(Documents<WarningFold.Kept> warningDocuments) {
        return new FoldedProjection<>(NAME, warningDocuments, Region.indexes("status", "level"));
    }

    @Bean
    WarningQueries warningQueries(Documents<WarningFold.Kept> warningDocuments) {
        return new WarningQueries(warningDocuments);
    }
}
