package io.forgewatch.query.given;

import com.mongodb.reactivestreams.client.MongoDatabase;
import io.forgewatch.query.projection.Progress;
import io.forgewatch.query.projection.Reads;
import io.forgewatch.query.projection.ViewDefinition;
import io.forgewatch.query.telemetry.LiveReadings;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.type.filter.AnnotationTypeFilter;

/** Every view of this side, as its room defines it, over a store. */
public final class Views {

    private Views() {}

    public static void of(Store store, Consumer<List<ViewDefinition>> work) {
        try (AnnotationConfigApplicationContext rooms = new AnnotationConfigApplicationContext()) {
            rooms.registerBean(MongoDatabase.class, store::database);
            rooms.registerBean(Reads.class, () -> Reads.of(store.database()));
            rooms.registerBean(Progress.class, Progress::new);
            rooms.registerBean(Clock.class, Clock::systemUTC);
            rooms.registerBean(LiveReadings.class, () -> new LiveReadings(Clock.systemUTC()));
            rooms.registerBean(MeterRegistry.class, SimpleMeterRegistry::new);
            rooms.register(roomsWithViews());
            rooms.refresh();
            work.accept(List.copyOf(rooms.getBeansOfType(ViewDefinition.class).values()));
        }
    }

    private static Class<?>[] roomsWithViews() {
        ClassPathScanningCandidateComponentProvider scan = new ClassPathScanningCandidateComponentProvider(false);
        scan.addIncludeFilter(new AnnotationTypeFilter(Configuration.class));
        return scan.findCandidateComponents("io.forgewatch.query").stream()
                .map(found -> type(found.getBeanClassName()))
                .filter(room -> Arrays.stream(room.getDeclaredMethods())
                        .anyMatch(method -> method.getReturnType() == ViewDefinition.class))
                .toArray(Class<?>[]::new);
    }

    private static Class<?> type(String name) {
        try {
            return Class.forName(name);
        } catch (ClassNotFoundException gone) {
            throw new IllegalStateException(gone);
        }
    }
}
