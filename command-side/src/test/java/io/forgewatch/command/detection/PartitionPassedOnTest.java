package io.forgewatch.command.detection;

import static org.assertj.core.api.Assertions.assertThat;

import io.forgewatch.command.fixture.SmallPlant;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A partition that two instances take from each other at any time: of its limits the same is said as where one has it all along. (How
 * fast a value changes is not always seen: the last samples of a device at rest may not be written when it is taken, {@link LiveDevice}.)
 */
class PartitionPassedOnTest {

    private static final int STEPS = 400;

    /** @param passedOn how often of a hundred steps it goes to the other */
    private static Set<String> said(long seed, int passedOn) {
        Random random = new Random(seed);
        Random passes = new Random(seed + 1);
        OnePartition partition = new OnePartition().taken();
        double water = 0.4;
        double interlock = 1;
        for (int step = 0; step < STEPS; step++) {
            // Each stays on its side of a limit for as long as a delay lasts; now and then it crosses.
            if (step % 5 == 0) {
                water = random.nextBoolean() ? 0.1 + random.nextInt(5) * 0.1 : water;
                interlock = random.nextInt(4) == 0 ? 1 - interlock : interlock;
            }
            partition.read(0, SmallPlant.FURNACE, "BF_CW_P", water);
            partition.read(0, SmallPlant.FURNACE, "BF_RELIEF_ILK", interlock);
            if (passes.nextInt(100) < passedOn) {
                partition.passedOn();
            }
            partition.pass(1_000);
        }
        Set<String> said = new TreeSet<>();
        partition.said.stream()
                .filter(signal -> signal.fault() == null)
                .forEach(signal -> said.add(signal.kind() + " " + signal.alarm() + " " + signal.limit()));
        partition.close();
        return said;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void given_a_partition_that_two_take_from_each_other_when_values_come_then_the_same_is_said_of_them(long seed) {
        Set<String> alone = said(seed, 0);

        assertThat(alone).hasSizeGreaterThan(20);
        assertThat(said(seed, 5)).isEqualTo(alone);
        assertThat(said(seed, 30)).isEqualTo(alone);
    }
}
