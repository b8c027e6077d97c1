package io.forgewatch.query.connectivity;

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
class ConnectivityConfiguration {

    static final ViewName NAME = new ViewName("gateways", 1);

    @Bean
    ViewDefinition gatewayDefinition(MongoDatabase views) {
        return ViewDefinition.folded(views, NAME, new GatewayFold(), Region.indexes());
    }

    @Bean
    View<GatewayFold.Kept> gatewayView(Reads reads, Progress progress) {
        return new View<>(reads, NAME, new GatewayFold(), progress);
    }

    @Bean
    GatewayQueries gatewayQueries(View<GatewayFold.Kept> gatewayView, LiveReadings live) {
        return new GatewayQueries(gatewayView, live);
    }
}
