package io.forgewatch.query.given;

import com.mongodb.reactivestreams.client.MongoDatabase;
import io.forgewatch.query.outlet.Outlet;
import io.forgewatch.query.projection.Progress;
import io.forgewatch.query.projection.Reads;
import io.forgewatch.query.projection.View;
import io.forgewatch.query.projection.ViewDefinition;
import io.forgewatch.query.telemetry.LiveReadings;
import io.forgewatch.standing.StandingStreams;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import tools.jackson.databind.json.JsonMapper;

/** All rooms that have a view, as the application wires them, over a store of the test's: none has to be named, so none is forgotten. */
public final class Rooms implements AutoCloseable {

    private static final Set<Class<?>> OF_VIEWS = Set.of(ViewDefinition.class, View.class, Outlet.class);

    private final AnnotationConfigApplicationContext rooms = new AnnotationConfigApplicationContext();

    public Rooms(MongoDatabase database, Progress progress) {
        rooms.registerBean(MongoDatabase.class, () -> database);
        rooms.registerBean(Reads.class, () -> Reads.of(database));
        rooms.registerBean(Progress.class, () -> progress);
        rooms.registerBean(Clock.class, Clock::systemUTC);
        rooms.registerBean(LiveReadings.class, () -> new LiveReadings(Clock.systemUTC()));
        rooms.registerBean(MeterRegistry.class, SimpleMeterRegistry::new);
        rooms.registerBean(StandingStreams.class, () -> new StandingStreams(new SimpleMeterRegistry()));
        rooms.registerBean(JsonMapper.class, () -> JsonMapper.builder().build());
        rooms.register(withViews());
        rooms.refresh();
    }

    public List<ViewDefinition> views() {
        return all(ViewDefinition.class);
    }

    public <T> List<T> all(Class<T> type) {
        return List.copyOf(rooms.getBeansOfType(type).values());
    }

    public <T> T one(Class<T> type) {
        return rooms.getBean(type);
    }

    @Override
    public void close() {
        rooms.close();
    }

    private static Class<?>[] withViews() {
        ClassPathScanningCandidateComponentProvider scan = new ClassPathScanningCandidateComponentProvider(false);
        scan.addIncludeFilter(new AnnotationTypeFilter(Configuration.class));
        return scan.findCandidateComponents("io.forgewatch.query").stream()
                .map(found -> type(found.getBeanClassName()))
                .filter(room -> Arrays.stream(room.getDeclaredMethods())
                        .anyMatch(method -> OF_VIEWS.contains(method.getReturnType())))
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
