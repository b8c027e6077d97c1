package io.forgewatch.query.alarm;

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
class AlarmConfiguration {

    static final ViewName NAME = new ViewName("alarms", 3);

    @Bean
    ViewDefinition alarmDefinition(MongoDatabase views) {
        return ViewDefinition.folded(
                views,
                NAME,
                new AlarmFold(),
                Region.indexes("status", "severity", AlarmFold.SUBJECT, AlarmFold.DEVICE, AlarmFold.OPEN));
    }

    @Bean
    View<AlarmFold.Kept> alarmView(Reads reads, Progress progress) {
        return new View<>(reads, NAME, new AlarmFold(), progress);
    }

    @Bean
    AlarmQueries alarmQueries(View<AlarmFold.Kept> alarmView, LiveReadings live) {
        return new AlarmQueries(alarmView, live);
    }
}
