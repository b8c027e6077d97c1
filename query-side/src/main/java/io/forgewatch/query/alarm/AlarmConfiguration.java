package io.forgewatch.query.alarm;

import com.mongodb.client.model.IndexModel;
import com.mongodb.reactivestreams.client.MongoDatabase;
import io.forgewatch.query.projection.Documents;
import io.forgewatch.query.projection.FoldedProjection;
import io.forgewatch.query.projection.Projection;
import io.forgewatch.query.projection.ViewName;
import io.forgewatch.query.web.Region;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class AlarmConfiguration {

    static final ViewName NAME = new ViewName("alarms", 1);

    @Bean
    Documents<AlarmFold.Kept> alarmDocuments(MongoDatabase views) {
        return new Documents<>(views, NAME, new AlarmFold());
    }

    @Bean
    Projection alarmProjection(Documents<AlarmFold.Kept> alarmDocuments) {
        List<IndexModel> indexes = Region.indexes("status", "severity", "deviceId");
        return new FoldedProjection<>(NAME, alarmDocuments, indexes);
    }

    @Bean
    AlarmQueries alarmQueries(Documents<AlarmFold.Kept> alarmDocuments) {
        return new AlarmQueries(alarmDocuments);
    }
}
