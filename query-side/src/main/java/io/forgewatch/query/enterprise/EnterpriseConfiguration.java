package io.forgewatch.query.enterprise;

import com.mongodb.reactivestreams.client.MongoDatabase;
import io.forgewatch.query.projection.Documents;
import io.forgewatch.query.projection.FoldedProjection;
import io.forgewatch.query.projection.Projection;
import io.forgewatch.query.projection.ViewName;
import io.forgewatch.query.telemetry.LiveReadings;
import io.forgewatch.query.web.Region;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class EnterpriseConfiguration {

    static final ViewName NAME = new ViewName("enterprises", 1);

    @Bean
    Documents<EnterpriseFold.Kept> enterpriseDocuments(MongoDatabase views) {
        return new Documents<>(views, NAME, new EnterpriseFold());
    }

    @Bean
    Projection enterpriseProjection(Documents<EnterpriseFold.Kept> enterpriseDocuments) {
        return new FoldedProjection<>(NAME, enterpriseDocuments, Region.indexes("level", "industry"));
    }

    @Bean
    EnterpriseQueries enterpriseQueries(Documents<EnterpriseFold.Kept> enterpriseDocuments, LiveReadings live) {
        return new EnterpriseQueries(enterpriseDocuments, live);
    }
}
