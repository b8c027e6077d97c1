package io.forgewatch.command.gateway;

import io.forgewatch.event.telemetry.Frame;
import io.forgewatch.event.telemetry.FrameFormatException;
import io.forgewatch.event.telemetry.Pulse;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What was read of one partition of the frames, and how much of it is in no kept window yet. For one thread.
 *
 * <p>Once there was a frame that only newer code reads, what was read is not all that was written: from then on nothing of it is to be
 * kept, or whoever trusts the mark would never look at that frame again and take its number a second time.
 */
final class FollowedPartition {

    private static final Logger LOG = LoggerFactory.getLogger(FollowedPartition.class);

    private final int number;
    private final SequenceMemory memory;
    private final Map<String, Long> newest = new HashMap<>();
    private final Set<String> changed = new HashSet<>();
    private long position;
    /** After the highest offset that was taken. */
    private long end;

    /** Asked by anybody. */
    private volatile boolean beyondThisCode;

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
        end = Math.max(end, message.offset() + 1);
        if (message.value() == null || Pulse.isOne(message.value())) {
            return false;
        }
        bytes += message.value().length;
        if (Frame.isOfNewerVersion(message.value())) {
            comesToNewer(message);
            return false;
        }
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

    private void comesToNewer(ConsumerRecord<byte[], byte[]> message) {
        if (!beyondThisCode) {
            LOG.warn(
                    "Partition {} has a frame that only newer code reads, at {}: its windows are kept no longer by this"
                            + " one",
                    number,
                    message.offset());
        }
        beyondThisCode = true;
    }

    /** Whether there was a frame that only newer code reads, so that not all used numbers are known here. */
    boolean isBeyondThisCode() {
        return beyondThisCode;
    }

    /** Takes in what was kept; what is in it counts as kept. */
    void restore(String gatewayId, KeptWindow kept) {
        memory.of(gatewayId).restore(kept);
        newest.merge(gatewayId, kept.last(), Math::max);
    }

    /** Some door kept the windows. */
    void kept(KeptMark mark) {
        // What was read after the mark was made is not in it.
        messages = Math.max(0, end - mark.position());
        bytes = messages == 0 ? 0 : bytes;
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
