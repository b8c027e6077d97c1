package io.forgewatch.manifest;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The kinds of the operators, by what their definitions say.
 *
 * @param schemas by apiVersion and kind, such as {@code kafka.strimzi.io/v1 Kafka}
 */
record CustomKinds(Map<String, JsonNode> schemas) {

    /** The definitions in a folder, of any depth, as the operators publish them and packed; whatever else is there is passed over. */
    static CustomKinds in(Path folder) {
        Map<String, JsonNode> schemas = new HashMap<>();
        Manifest.filesIn(folder, ".yaml.gz")
                .flatMap(file -> Manifest.in(file).stream())
                .filter(manifest -> manifest.kind().equals("CustomResourceDefinition"))
                .forEach(definition -> {
                    JsonNode spec = definition.tree().path("spec");
                    spec.path("versions")
                            .valueStream()
                            .filter(version -> version.path("served").asBoolean(false))
                            .forEach(version -> schemas.put(
                                    spec.path("group").asString() + "/"
                                            + version.path("name").asString() + " "
                                            + spec.path("names").path("kind").asString(),
                                    version.path("schema").path("openAPIV3Schema")));
                });
        return new CustomKinds(Map.copyOf(schemas));
    }

    Optional<JsonNode> schema(Manifest manifest) {
        return Optional.ofNullable(schemas.get(manifest.apiVersion() + " " + manifest.kind()));
    }

    /** What a manifest has wrong, each with its path; empty when it holds. */
    List<String> check(Manifest manifest) {
        Optional<JsonNode> schema = schema(manifest);
        if (schema.isEmpty()) {
            return List.of("No definition says what a " + manifest.apiVersion() + " " + manifest.kind() + " is");
        }
        List<String> wrong = new ArrayList<>();
        try {
            ObjectMeta metadata = StrictModel.read(manifest.tree().path("metadata"), ObjectMeta.class);
            if (metadata == null || metadata.getName() == null) {
                wrong.add("metadata.name is missing");
            }
        } catch (JacksonException misspelt) {
            wrong.add("metadata: " + misspelt.getOriginalMessage());
        }
        wrong.addAll(StructuralSchema.check(manifest.tree(), withTheCommon(schema.get()), manifest.kind()));
        return wrong;
    }

    /** Three fields every kind has, whatever its definition says of them. */
    private static ObjectNode withTheCommon(JsonNode schema) {
        ObjectNode whole = (ObjectNode) schema.deepCopy();
        ObjectNode fields = whole.withObject("/properties");
        fields.putObject("apiVersion").put("type", "string");
        fields.putObject("kind").put("type", "string");
        fields.putObject("metadata").put("type", "object").put("x-kubernetes-preserve-unknown-fields", true);
        return whole;
    }
}
