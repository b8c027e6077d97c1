package io.forgewatch.stack;

import java.nio.file.Path;
import java.util.Map;

/** What an instance of a side is started with: instances share stores and keys, and differ in name, port and scratch folder. */
record SideProperties(Path data, Stores stores, KeyMaterial keys, String ministry) {

    Map<String, Object> of(SideInstance instance) {
        return instance.side() == StackPort.COMMAND ? command(instance) : query(instance);
    }

    private Map<String, Object> command(SideInstance instance) {
        return Map.ofEntries(
                Map.entry("server.port", instance.port()),
                Map.entry("forgewatch.instance", String.valueOf(instance.number())),
                Map.entry("forgewatch.postgres.url", stores.postgres().url()),
                Map.entry("forgewatch.kafka.bootstrap", stores.kafka().bootstrap()),
                // Two processes cannot lock one.
                Map.entry(
                        "forgewatch.detection.state-folder",
                        data.resolve(instance.number() == 0 ? "detection" : "detection-" + instance.number())
                                .toString()),
                Map.entry("forgewatch.security.token-private-key", keys.tokenPrivateKey()),
                Map.entry("forgewatch.security.token-public-key", keys.tokenPublicKey()),
                Map.entry("forgewatch.security.master-key", keys.masterKey()),
                Map.entry("forgewatch.log.ed25519-private-key", keys.logEd25519Key()),
                Map.entry("forgewatch.log.sm2-private-key", keys.logSm2Key()),
                Map.entry("forgewatch.log.shipped-folder", data.resolve("log").toString()),
                Map.entry("forgewatch.bootstrap.username", ministry),
                Map.entry("forgewatch.bootstrap.password", keys.bootstrapPassword()));
    }

    private Map<String, Object> query(SideInstance instance) {
        return Map.ofEntries(
                Map.entry("server.port", instance.port()),
                Map.entry("forgewatch.instance", String.valueOf(instance.number())),
                Map.entry("forgewatch.kafka.bootstrap", stores.kafka().bootstrap()),
                Map.entry("forgewatch.mongodb.uri", stores.mongodbUri()),
                Map.entry("forgewatch.security.token-public-key", keys.tokenPublicKey()));
    }
}
