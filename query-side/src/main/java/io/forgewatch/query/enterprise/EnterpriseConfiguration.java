package io.forgewatch.query.enterprise;

import com.mongodb.reactivestreams.client.MongoDatabase;
import io.forgewatch.query.projection.Progress;
import io.forgewatch.query.projection.Reads;
import io.forgewatch.query.projection.View;
import io.forgewatch.query.projection.ViewDefinition;
import io.forgewatch.query.projection.ViewName;
import io.forgewatch.query.telemetry.LiveReadings;
import io.forgewatch.query.web.Region;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class EnterpriseConfiguration {

    static final ViewName NAME = new ViewName("enterprises", 1);

    @Bean
    ViewDefinition enterpriseDefinition(MongoDatabase views) {
        return ViewDefinition.folded(views, NAME, new EnterpriseFold(), Region.indexes("level", "industry"));
    }

    @Bean
    View<EnterpriseFold.Kept> enterpriseView(Reads reads, Progress progress) {
        return new View<>(reads, NAME, new EnterpriseFold(), progress);
    }

    @Bean
    EnterpriseQueries enterpriseQueries(View<EnterpriseFold.Kept> enterpriseView, LiveReadings live) {
        return new EnterpriseQueries(enterpriseView, live);
    }
}
