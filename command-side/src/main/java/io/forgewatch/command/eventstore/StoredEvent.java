package io.forgewatch.command.eventstore;

import io.forgewatch.command.decision.EventTooLargeException;
import io.forgewatch.event.Actor;
import io.forgewatch.event.DomainEvent;
import io.forgewatch.event.EventJson;
import io.forgewatch.event.EventTypes;
import io.forgewatch.event.ForeignEvent;
import io.forgewatch.event.RecordedEvent;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.axonframework.messaging.core.MessageType;
import org.axonframework.messaging.core.QualifiedName;
import org.axonframework.messaging.eventhandling.EventMessage;
import org.axonframework.messaging.eventhandling.GenericEventMessage;
import org.axonframework.messaging.eventstreaming.EventCriteria;
import org.axonframework.messaging.eventstreaming.Tag;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** An event as its row in the table says. Position 0 stands for one that is not appended yet. */
public final class StoredEvent {

    /** Metadata key of the actor, in its wire form. */
    static final String ACTOR = "actor";
    /** Metadata key of the event or request that led to this event. */
    static final String CAUSE = "cause";

    /**
     * 1 MiB: well above what a request may bring, well below what Kafka takes of us. What is larger would stop the relay for good,
     * and all who read after it.
     */
    static final int LARGEST_PAYLOAD = 1 << 20;

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Actor NOBODY = Actor.system("unknown");

    private final long position;
    private final UUID id;
    private final String name;
    private final String version;
    private final Instant at;
    private final Map<String, String> metadata;
    private final Set<Tag> tags;
    private final byte[] payload;

    @Nullable
    private volatile RecordedEvent recorded;

    @Nullable
    private volatile Logged logged;

    /**
     * What is stored so that the event can be proved.
     *
     * @param metadata as text, as its column holds it
     * @param entry of the transparency log; at most 4 KiB
     * @param leaf the entry's hash, 32 bytes
     */
    record Logged(String metadata, byte[] entry, byte[] leaf) {}

    @SuppressWarnings(
            "PMD.ArrayIsStoredDirectly") // never changed by either side; a copy of each payload would be waste
    StoredEvent(
            long position,
            UUID id,
            String name,
            String version,
            Instant at,
            Map<String, String> metadata,
            Set<Tag> tags,
            byte[] payload) {
        this.position = position;
        this.id = id;
        this.name = name;
        this.version = version;
        this.at = at;
        this.metadata = metadata;
        this.tags = tags;
        this.payload = payload;
    }

    StoredEvent placed(long newPosition) {
        return new StoredEvent(newPosition, id, name, version, at, metadata, tags, payload);
    }

    public long position() {
        return position;
    }

    public UUID id() {
        return id;
    }

    public String name() {
        return name;
    }

    String version() {
        return version;
    }

    Instant at() {
        return at;
    }

    Map<String, String> metadata() {
        return metadata;
    }

    Set<Tag> tags() {
        return tags;
    }

    byte[] payload() {
        return payload;
    }

    String actor() {
        return metadata.getOrDefault(ACTOR, NOBODY.wire());
    }

    /** The event that led to it, or null. */
    @Nullable
    UUID cause() {
        String cause = metadata.get(CAUSE);
        return cause == null ? null : UUID.fromString(cause);
    }

    boolean matches(EventCriteria criteria) {
        return criteria.matches(new QualifiedName(name), tags);
    }

    EventMessage message() {
        return new GenericEventMessage(id.toString(), new MessageType(name, version), payload, metadata, at);
    }

    /**
     * Made once, by whoever appends and before it queues: nothing in it is assigned by the database.
     *
     * @throws EventTooLargeException when the payload is larger than {@value #LARGEST_PAYLOAD} bytes, or names and tags make the
     *     entry too long
     */
    Logged logged() {
        Logged known = logged;
        if (known == null) {
            if (payload.length > LARGEST_PAYLOAD) {
                throw new EventTooLargeException(
                        name, "a payload of " + payload.length + " bytes, at most " + LARGEST_PAYLOAD);
            }
            String text = JSON.writeValueAsString(metadata);
            byte[] entry = LogEntries.entry(this, text);
            known = new Logged(text, entry, LogEntries.leaf(entry));
            logged = known;
        }
        return known;
    }

    /**
     * The event as the house's code sees it; read once and kept, since several readers follow the same events. One of a name that
     * only newer code knows is a {@link ForeignEvent}.
     *
     * @throws io.forgewatch.event.UnknownEventException when it is of a known name and of a version that only newer code knows
     */
    public RecordedEvent recorded() {
        RecordedEvent known = recorded;
        if (known == null) {
            known = EventTypes.isKnown(name)
                    ? recorded(EventJson.payload(name, Integer.parseInt(version), payload))
                    : foreign();
            recorded = known;
        }
        return known;
    }

    /**
     * The event as a reader sees it that wants some names only: any other is a {@link ForeignEvent}, of whatever version it is.
     *
     * @throws io.forgewatch.event.UnknownEventException as {@link #recorded}
     */
    RecordedEvent recordedFor(Set<String> wanted) {
        return wanted.contains(name) ? recorded() : foreign();
    }

    private RecordedEvent foreign() {
        Set<io.forgewatch.event.Tag> marks = tags.stream()
                .map(tag -> new io.forgewatch.event.Tag(tag.key(), String.valueOf(tag.value())))
                .collect(Collectors.toUnmodifiableSet());
        return recorded(
                new ForeignEvent(name, Integer.parseInt(version), marks, new String(payload, StandardCharsets.UTF_8)));
    }

    private RecordedEvent recorded(DomainEvent event) {
        return new RecordedEvent(position, id, at, Actor.fromWire(actor()), event);
    }
}
