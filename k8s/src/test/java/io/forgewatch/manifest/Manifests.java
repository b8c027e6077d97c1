package io.forgewatch.manifest;

import java.util.List;
import tools.jackson.core.JacksonException;

/** Holds a manifest, native or custom, against what its kind may say. */
final class Manifests {

    static final CustomKinds OPERATORS = CustomKinds.in(Manifest.HERE.resolve("crds"));

    private Manifests() {}

    /** What is wrong with it, each with its path; empty when it holds. */
    static List<String> check(Manifest manifest, CustomKinds custom) {
        return StrictModel.kind(manifest)
                .map(type -> {
                    try {
                        return StrictModel.read(manifest.tree(), type)
                                                .getMetadata()
                                                .getName()
                                        == null
                                ? List.of("metadata.name is missing")
                                : List.<String>of();
                    } catch (JacksonException refused) {
                        return List.of(refused.getMessage());
                    }
                })
                .orElseGet(() -> custom.check(manifest));
    }
}
