package io.forgewatch.query.equipment;

import com.mongodb.reactivestreams.client.MongoDatabase;
import io.forgewatch.query.projection.Documents;
import io.forgewatch.query.projection.Projection;
import io.forgewatch.query.telemetry.LiveReadings;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class EquipmentConfiguration {

    @Bean
    Documents<DeviceFold.Kept> deviceDocuments(MongoDatabase views) {
        return new Documents<>(views, DeviceProjection.NAME, new DeviceFold());
    }

    @Bean
    Projection deviceProjection(Documents<DeviceFold.Kept> deviceDocuments, LiveReadings live) {
        return new DeviceProjection(deviceDocuments, live);
    }

    @Bean
    DeviceQueries deviceQueries(Documents<DeviceFold.Kept> deviceDocuments, LiveReadings live) {
        return new DeviceQueries(deviceDocuments, live);
    }
}
