package io.forgewatch.command.transparency;

import io.forgewatch.command.decision.EventFeed;
import io.forgewatch.command.eventstore.AppendGate;
import io.forgewatch.command.eventstore.Leadership;
import io.forgewatch.command.eventstore.LogCheckpoints;
import io.forgewatch.command.eventstore.LogLeaves;
import io.forgewatch.command.eventstore.LogShown;
import io.forgewatch.command.eventstore.LogTiles;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Metrics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The beans of the transparency log. */
@Configuration(proxyBeanMethods = false)
class TransparencyConfiguration {

    @Bean
    LogKeys logKeys(
            @Value("${forgewatch.log.host:forgewatch.local}") String host,
            @Value("${forgewatch.log.ed25519-private-key}") String ed25519,
            @Value("${forgewatch.log.sm2-private-key}") String sm2) {
        return new LogKeys(host, ed25519, sm2);
    }

    @Bean
    TileShelf tileShelf(
            LogLeaves leaves, LogTiles tiles, @Value("${forgewatch.log.cached-tiles:4096}") int cachedTiles) {
        return new TileShelf(leaves, tiles, cachedTiles);
    }

    /** Not an outlet among the others: there may be none, and the check at the start reads it. */
    @Bean
    Shipping shipping(@Value("${forgewatch.log.shipped-folder:}") String folder, TileShelf shelf, LogKeys keys) {
        return new Shipping(folder.isBlank() ? null : new ShippedFolder(Path.of(folder), shelf, keys));
    }

    /** @param folder null when nothing is shipped */
    record Shipping(@Nullable ShippedFolder folder) {}

    @Bean
    TransparencyLog transparencyLog(
            EventFeed feed,
            LogCheckpoints checkpoints,
            LogLeaves leaves,
            LogShown shown,
            Shipping shipping,
            TileShelf shelf,
            LogKeys keys,
            AppendGate gate) {
        ExtensionCheck check = new ExtensionCheck(shipping.folder(), checkpoints, leaves, shelf, keys);
        return new TransparencyLog(feed, checkpoints, check, shelf.of(shown), keys, gate);
    }

    @Bean
    Checkpoints checkpoints(LogLeaves leaves, LogTiles tiles, LogCheckpoints stored, TileShelf shelf, LogKeys keys) {
        return new Checkpoints(leaves, tiles, stored, shelf, keys);
    }

    @Bean
    Sealer sealer(
            TransparencyLog log,
            Leadership leadership,
            LogLeaves leaves,
            LogTiles tiles,
            TileShelf shelf,
            Checkpoints checkpoints,
            Shipping shipping,
            ObjectProvider<CheckpointOutlet> outlets,
            @Value("${forgewatch.log.checkpoint-every:60s}") Duration period,
            ObjectProvider<MeterRegistry> meters) {
        List<CheckpointOutlet> all = Stream.concat(Stream.ofNullable(shipping.folder()), outlets.orderedStream())
                .toList();
        Gauge.builder(
                        "forgewatch.log.checkpoint.size",
                        log,
                        known -> known.published()
                                .map(last -> last.checkpoint().size())
                                .orElse(0L))
                .description("Events under the last checkpoint")
                .register(meters.getIfAvailable(() -> Metrics.globalRegistry));
        return new Sealer(log, leadership, leaves, tiles, shelf, checkpoints, new Outlets(all), period);
    }

    @Bean
    Proofs proofs(TransparencyLog log, LogShown shown) {
        return new Proofs(log, shown.leaves());
    }

    @Bean
    LogHealth transparencyLogHealthIndicator(TransparencyLog log) {
        return new LogHealth(log);
    }
}
