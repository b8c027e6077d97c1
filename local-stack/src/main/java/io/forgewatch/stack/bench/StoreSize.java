package io.forgewatch.stack.bench;

import java.time.Duration;

/**
 * How large the benchmarks of group {@code eventstore} are; system properties {@code forgewatch.bench.store.<name>} make a trial
 * smaller, whose figures then say nothing about the goals.
 *
 * @param entities that there are before
 * @param rounds that are measured, alternating
 * @param length of a round
 * @param events to be streamed
 * @param large how many events there are in the large store
 */
record StoreSize(int entities, int rounds, Duration length, int events, int large) {

    static StoreSize usual() {
        return new StoreSize(
                Integer.getInteger("forgewatch.bench.store.entities", 10_000),
                Integer.getInteger("forgewatch.bench.store.rounds", 5),
                Duration.ofSeconds(Integer.getInteger("forgewatch.bench.store.seconds", 5)),
                Integer.getInteger("forgewatch.bench.store.events", 1_000_000),
                Integer.getInteger("forgewatch.bench.store.large", 10_000_000));
    }
}
