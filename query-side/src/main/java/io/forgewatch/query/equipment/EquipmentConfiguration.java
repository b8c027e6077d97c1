package io.forgewatch.query.equipment;

import com.mongodb.client.model.IndexModel;
import com.mongodb.reactivestreams.client.MongoDatabase;
import io.forgewatch.query.projection.Documents;
import io.forgewatch.query.projection.Progress;
import io.forgewatch.query.projection.Reads;
import io.forgewatch.query.projection.View;
import io.forgewatch.query.projection.ViewDefinition;
import io.forgewatch.query.projection.ViewName;
import io.forgewatch.query.telemetry.LiveReadings;
import io.forgewatch.query.web.Region;
import io.forgewatch.standing.StandingStreams;
import java.util.ArrayList;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class EquipmentConfiguration {

    static final ViewName NAME = new ViewName("devices", 2);

    @Bean
    ViewDefinition deviceDefinition(MongoDatabase views) {
        List<IndexModel> indexes = new ArrayList<>(Region.indexes("class"));
        indexes.add(Documents.BY_POSITION);
        return ViewDefinition.folded(views, NAME, new DeviceFold(), indexes);
    }

    @Bean
    DeviceExpectations deviceExpectations(
            View<DeviceFold.Kept> deviceView, LiveReadings live, StandingStreams streams) {
        return new DeviceExpectations(deviceView, live, streams);
    }

    @Bean
    View<DeviceFold.Kept> deviceView(Reads reads, Progress progress) {
        return new View<>(reads, NAME, new DeviceFold(), progress);
    }

    @Bean
    DeviceQueries deviceQueries(View<DeviceFold.Kept> deviceView, LiveReadings live) {
        return new DeviceQueries(deviceView, live);
    }
}
