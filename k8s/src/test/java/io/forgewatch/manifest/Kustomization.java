package io.forgewatch.manifest;

import java.util.List;
import java.util.Map;

/** What we use of a kustomization; whatever else stands in the file is refused. */
record Kustomization(
        String apiVersion,
        String kind,
        String namespace,
        List<Labels> labels,
        List<String> resources,
        List<Image> images) {

    record Labels(Map<String, String> pairs) {}

    record Image(String name, String newTag) {}

    static Kustomization ofBase() {
        List<Manifest> documents = Manifest.in(Manifest.BASE.resolve("kustomization.yaml"));
        if (documents.size() != 1) {
            throw new IllegalArgumentException("One kustomization in a file, and not " + documents.size());
        }
        return StrictModel.read(documents.getFirst().tree(), Kustomization.class);
    }
}
