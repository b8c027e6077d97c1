package io.forgewatch.command.gateway;

import io.forgewatch.event.telemetry.Frame;
import io.forgewatch.event.telemetry.FrameFormatException;
import io.forgewatch.event.telemetry.Pulse;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** What was read of one partition of the frames, and how much of it is in no kept window yet. For one thread. */
final class FollowedPartition {

    private final int number;
    private final SequenceMemory memory;
    private final Map<String, Long> newest = new HashMap<>();
    private final Set<String> changed = new HashSet<>();
    private long position;
    private long messages;
    private long bytes;

    FollowedPartition(int number, SequenceMemory memory) {
        this.number = number;
        this.memory = memory;
    }

    int number() {
        return number;
    }

    /** Offset of the next record. */
    long position() {
        return position;
    }

    void moveTo(long next) {
        position = next;
        memory.readUpTo(number, next);
    }

    /**
     * Puts a record's number into its window.
     *
     * @return whether it is a frame that this code reads
     */
    boolean take(ConsumerRecord<byte[], byte[]> message) {
        messages++;
        if (message.value() == null || Pulse.isOne(message.value())) {
            return false;
        }
        bytes += message.value().length;
        try {
            Frame frame = Frame.of(message.value());
            memory.of(frame.gatewayId())
                    .read(new UsedNumber(
                            BodyDigest.of(frame.digest()),
                            new Answer(frame.sequence(), frame.size(), frame.refused()),
                            message.offset()));
            newest.merge(frame.gatewayId(), message.offset(), Math::max);
            changed.add(frame.gatewayId());
            return true;
        } catch (FrameFormatException e) {
            return false;
        }
    }

    /** Takes in what was kept; what is in it counts as kept. */
    void restore(String gatewayId, KeptWindow kept) {
        memory.of(gatewayId).restore(kept);
        newest.merge(gatewayId, kept.last(), Math::max);
    }

    /** Some door kept the windows. */
    void kept(KeptMark mark) {
        messages = 0;
        bytes = 0;
        changed.removeIf(gateway -> newest.getOrDefault(gateway, 0L) < mark.position());
    }

    /** Whether all that was read is in kept windows. */
    boolean isKept() {
        return messages == 0;
    }

    /** Frames and pulses that were read since windows were kept. */
    long messages() {
        return messages;
    }

    /** Bytes of the frames among them. */
    long bytes() {
        return bytes;
    }

    /** The gateways whose windows changed since they were kept. */
    Set<String> changed() {
        return Set.copyOf(changed);
    }

    KeptWindow window(String gatewayId) {
        return memory.of(gatewayId).kept(position, newest.getOrDefault(gatewayId, 0L));
    }

    KeptMark mark() {
        return new KeptMark(position, newest);
    }
}
