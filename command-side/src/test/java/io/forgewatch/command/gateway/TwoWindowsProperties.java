package io.forgewatch.command.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.forgewatch.event.telemetry.FrameWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Two doors that take the frames of two gateways by turns, read the log late, keep windows at once and in parts, are killed and start
 * again from what is kept.
 */
class TwoWindowsProperties {

    private static final String[] GATEWAYS = {"GT3702110001-G1", "GT3702110001-G2"};

    private record Sent(String gateway, long sequence, int body) {}

    /** The frames' partition and the kept windows, as both doors see them. */
    private static final class Broker {
        private final List<ConsumerRecord<byte[], byte[]>> log = new ArrayList<>();
        private final Map<String, byte[]> kept = new HashMap<>();

        long append(Sent sent) {
            byte[] sha256 = new byte[32];
            sha256[0] = (byte) sent.body();
            byte[] frame = new FrameWriter(0).write("GT3702110001", sent.gateway(), sent.sequence(), sha256);
            log.add(new ConsumerRecord<>(TelemetryTopics.TELEMETRY, 0, log.size(), null, frame));
            return log.size() - 1;
        }
    }

    private static BodyDigest digest(int body) {
        byte[] sha256 = new byte[32];
        sha256[0] = (byte) body;
        return BodyDigest.of(sha256);
    }

    private static final class One {
        private final Broker broker;
        private SequenceMemory memory = new SequenceMemory();
        private FollowedPartition partition = new FollowedPartition(0, memory);

        One(Broker broker) {
            this.broker = broker;
        }

        void start() {
            memory = new SequenceMemory();
            partition = new FollowedPartition(0, memory);
            KeptWindows windows = KeptWindows.of(broker.kept);
            windows.windows().forEach(partition::restore);
            partition.moveTo(Math.max(0, windows.start()));
            follow(broker.log.size());
        }

        void follow(int most) {
            long end = Math.min(broker.log.size(), partition.position() + most);
            for (long at = partition.position(); at < end; at++) {
                partition.take(broker.log.get((int) at));
            }
            partition.moveTo(end);
        }

        /** @param most how much of it reaches the topic before this door is gone */
        void keep(int most) {
            Map<String, byte[]> sends = new LinkedHashMap<>();
            partition.changed().stream()
                    .sorted()
                    .forEach(gateway ->
                            sends.put(gateway, partition.window(gateway).bytes()));
            sends.put(
                    new String(KeptMark.key(0), StandardCharsets.US_ASCII),
                    partition.mark().bytes());
            sends.entrySet().stream().limit(most).forEach(one -> broker.kept.put(one.getKey(), one.getValue()));
            if (most > sends.size()) {
                partition.kept(partition.mark());
            }
        }

        /** Says whether it was acknowledged with its own body's answer. */
        boolean send(Sent sent, boolean isAnswerLost) {
            SequenceWindow window = memory.of(sent.gateway());
            SequenceWindow.Claim claim = window.claim(sent.sequence(), digest(sent.body()));
            if (!(claim instanceof SequenceWindow.Claim.Fresh(var answer))) {
                return false;
            }
            long offset = broker.append(sent);
            if (isAnswerLost) {
                window.release(sent.sequence(), () -> memory.hasRead(new FrameLog.Place(0, offset)), new RuntimeException());
                return false;
            }
            window.written(new UsedNumber(digest(sent.body()), new Answer(sent.sequence(), 0, List.of()), offset));
            return answer.map(told -> true).onErrorReturn(false).blockOptional().orElse(false);
        }

        boolean answers(Sent sent) {
            return memory.of(sent.gateway()).known(sent.sequence(), digest(sent.body()))
                    instanceof SequenceWindow.Claim.Repeat;
        }
    }

    @Property(tries = 400)
    void given_any_frames_at_two_doors_when_both_have_followed_the_log_then_both_answer_as_the_log_says(
            @ForAll @Size(max = 150) List<@IntRange(max = 9_999_999) Integer> steps) {
        Broker broker = new Broker();
        List<One> doors = List.of(new One(broker), new One(broker));
        Set<Sent> acknowledged = new HashSet<>();
        for (int step : steps) {
            One door = doors.get(step % 2);
            int rest = step / 2;
            switch (rest % 8) {
                case 0 -> door.follow(rest / 8 % 20);
                case 1 -> door.keep(rest / 8 % 5);
                case 2 -> door.start();
                default -> {
                    // Now and then far beyond all before.
                    long sequence = rest / 8 % 12 + (rest / 96 % 40 == 0 ? 1_020 : 0);
                    Sent sent = new Sent(GATEWAYS[rest / 4_000 % 2], sequence, rest / 8_000 % 2);
                    if (door.send(sent, rest / 16_000 % 4 == 0)) {
                        acknowledged.add(sent);
                    }
                }
            }
        }
        doors.forEach(door -> door.follow(broker.log.size()));

        One fold = new One(broker);
        fold.follow(broker.log.size());
        for (Sent sent : acknowledged) {
            SequenceWindow.Claim first = fold.memory.of(sent.gateway()).known(sent.sequence(), digest(sent.body()));
            for (One door : doors) {
                assertThat(door.answers(sent)).isEqualTo(first instanceof SequenceWindow.Claim.Repeat);
            }
        }
        for (String gateway : GATEWAYS) {
            KeptWindow as = fold.partition.window(gateway);
            for (One door : doors) {
                assertThat(door.partition.window(gateway).numbers()).isEqualTo(as.numbers());
            }
        }
    }

    /** Where each door follows at once, nothing races. */
    @Property(tries = 200)
    void given_doors_that_follow_at_once_when_a_number_is_acknowledged_then_both_answer_it_as_before_for_ever(
            @ForAll @Size(max = 100) List<@IntRange(max = 999_999) Integer> steps) {
        Broker broker = new Broker();
        List<One> doors = List.of(new One(broker), new One(broker));
        Set<Sent> acknowledged = new HashSet<>();
        for (int step : steps) {
            One door = doors.get(step % 2);
            int rest = step / 2;
            switch (rest % 6) {
                case 0 -> door.keep(rest / 6 % 5);
                case 1 -> door.start();
                default -> {
                    Sent sent = new Sent(GATEWAYS[rest / 6 % 2], rest / 12 % 30, rest / 360 % 2);
                    if (door.send(sent, rest / 720 % 4 == 0)) {
                        acknowledged.add(sent);
                    }
                }
            }
            doors.forEach(one -> one.follow(broker.log.size()));
            for (Sent sent : acknowledged) {
                assertThat(doors).allMatch(one -> one.answers(sent));
                assertThat(doors)
                        .allMatch(one -> one.memory
                                        .of(sent.gateway())
                                        .claim(sent.sequence(), digest(1 - sent.body()))
                                instanceof SequenceWindow.Claim.Conflict);
            }
        }
        assertThat(broker.log.stream().map(ConsumerRecord::offset).distinct()).hasSize(broker.log.size());
    }
}
