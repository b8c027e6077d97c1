package io.forgewatch.stack.trial;

import io.forgewatch.query.projection.Place;
import io.forgewatch.stack.StackException;
import io.forgewatch.stack.stream.StreamEvent;
import io.forgewatch.stack.stream.StreamFollower;
import io.forgewatch.stack.stream.StreamRefusedException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Follows {@code /streams/warnings} of one instance and keeps all that it tells, with when. */
final class StreamWatch implements AutoCloseable {

    /** Behind it comes all there ever was. */
    static final Place BEGINNING = new Place(1, 0);

    private static final JsonMapper MAPPER = new JsonMapper();

    private final List<Told> told = new CopyOnWriteArrayList<>();
    private final StreamFollower follower;
    private volatile @Nullable Place lastId;
    private volatile @Nullable Place lastBeat;

    private StreamWatch(String query, String token, @Nullable Place lastEventId) throws InterruptedException {
        follower = StreamFollower.open(query, token, lastEventId, this::take);
    }

    /**
     * A warning as the stream told it.
     *
     * @param id its place; null where the stream gave it none
     * @param nanos when it came, by {@link System#nanoTime}
     * @param bytes how long it is
     */
    record Told(@Nullable Place id, JsonNode warning, long nanos, int bytes) {

        String enterprise() {
            return warning.required("enterpriseId").asString();
        }
    }

    /**
     * Listens; returns when the stream has begun.
     *
     * @param query the instance's address
     * @param token of the account, at whose end the stream ends
     * @param lastEventId {@link #BEGINNING} for all there ever was, null for what comes from now on
     * @throws StreamRefusedException when it is answered with another status than 200
     * @throws StackException when it does not begin
     */
    static StreamWatch open(String query, String token, @Nullable Place lastEventId) throws InterruptedException {
        return new StreamWatch(query, token, lastEventId);
    }

    /** All that it has told, in the order in which it came. */
    List<Told> told() {
        return List.copyOf(told);
    }

    /** What it has told of one works, in the order in which it came. */
    List<Told> of(String enterprise) {
        return told.stream().filter(one -> one.enterprise().equals(enterprise)).toList();
    }

    /** Of all warnings that had one, in the order in which they came. */
    List<Place> ids() {
        return told.stream().map(Told::id).filter(Objects::nonNull).toList();
    }

    /** The ids, without the history of each. */
    List<Long> positions() {
        return ids().stream().map(Place::position).toList();
    }

    /** Of which works it has told. */
    Set<String> enterprises() {
        return told.stream().map(Told::enterprise).collect(Collectors.toUnmodifiableSet());
    }

    /** The newest id, of a warning or a heartbeat; null before the first. */
    @Nullable
    Place lastId() {
        return lastId;
    }

    /** The newest id of a heartbeat; null before the first. */
    @Nullable
    Place lastBeat() {
        return lastBeat;
    }

    /** Why it goes on no longer; empty while it does. */
    String ended() {
        return follower.ended();
    }

    /** @throws StackException when the stream has ended */
    void mustFollow() {
        follower.mustFollow();
    }

    @Override
    public void close() {
        follower.close();
    }

    private void take(StreamEvent event) {
        if (event.id() != null) {
            lastId = event.id();
        }
        if (event.isHeartbeat()) {
            lastBeat = event.id();
        } else {
            told.add(new Told(
                    event.id(),
                    MAPPER.readTree(event.data()),
                    System.nanoTime(),
                    event.data().getBytes(StandardCharsets.UTF_8).length));
        }
    }
}
