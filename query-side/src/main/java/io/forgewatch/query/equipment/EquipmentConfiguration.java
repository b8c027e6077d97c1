package io.forgewatch.query.equipment;

import com.mongodb.reactivestreams.client.MongoDatabase;
import io.forgewatch.query.projection.DocumentKind;
import io.forgewatch.query.projection.Documents;
import io.forgewatch.query.projection.Progress;
import io.forgewatch.query.projection.View;
import io.forgewatch.query.projection.ViewDefinition;
import io.forgewatch.query.telemetry.LiveReadings;
import java.util.Map;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class EquipmentConfiguration {

    @Bean
    ViewDefinition deviceDefinition(MongoDatabase views, LiveReadings live) {
        DeviceFold fold = new DeviceFold();
        return new ViewDefinition(
                DeviceProjection.NAME,
                generation -> new DeviceProjection(
                        new Documents<>(views, generation.collection(), fold), fold, live, generation.told()),
                Map.of(DeviceProjection.NAME.name(), DocumentKind.of(fold)));
    }

    @Bean
    View<DeviceFold.Kept> deviceView(MongoDatabase views, Progress progress) {
        return new View<>(views, DeviceProjection.NAME, new DeviceFold(), progress);
    }

    @Bean
    DeviceQueries deviceQueries(View<DeviceFold.Kept> deviceView, LiveReadings live) {
        return new DeviceQueries(deviceView, live);
    }
}
