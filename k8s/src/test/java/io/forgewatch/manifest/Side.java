package io.forgewatch.manifest;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.SecretKeySelector;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.List;
import java.util.Objects;

/** One side as the base runs it: {@code command-side} or {@code query-side}. */
record Side(String name) {

    static List<Side> both() {
        return List.of(new Side("command-side"), new Side("query-side"));
    }

    Deployment deployment() {
        return one(Deployment.class);
    }

    /** The manifest of a kind that has the side's name. */
    <T extends HasMetadata> T one(Class<T> kind) {
        List<T> found = Manifest.ofBase().stream()
                .filter(manifest -> manifest.kind().equals(kind.getSimpleName()))
                .filter(manifest -> manifest.name().equals(name))
                .map(manifest -> StrictModel.read(manifest.tree(), kind))
                .toList();
        if (found.size() != 1) {
            throw new IllegalStateException("%d of %s %s".formatted(found.size(), kind.getSimpleName(), name));
        }
        return found.getFirst();
    }

    PodSpec pod() {
        return deployment().getSpec().getTemplate().getSpec();
    }

    Container container() {
        List<Container> containers = pod().getContainers();
        if (containers.size() != 1) {
            throw new IllegalStateException(name + " has " + containers.size() + " containers");
        }
        return containers.getFirst();
    }

    List<EnvVar> environment() {
        return container().getEnv();
    }

    List<SecretKeySelector> secrets() {
        return environment().stream()
                .map(EnvVar::getValueFrom)
                .filter(Objects::nonNull)
                .map(from -> from.getSecretKeyRef())
                .filter(Objects::nonNull)
                .toList();
    }

    SideSettings settings() {
        return SideSettings.of(name);
    }

    @Override
    public String toString() {
        return name;
    }
}
