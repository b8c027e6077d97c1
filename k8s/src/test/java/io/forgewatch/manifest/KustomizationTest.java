package io.forgewatch.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JacksonException;

/** What the base lists is there, and what is there is listed. */
class KustomizationTest {

    private final Kustomization base = Kustomization.ofBase();

    @Test
    void givenTheBase_thenItListsEachOfItsFilesOnce() {
        List<String> files = Manifest.filesIn(Manifest.BASE, ".yaml")
                .map(file -> Manifest.BASE.relativize(file).toString())
                .filter(file -> !file.equals("kustomization.yaml"))
                .toList();
        assertThat(base.resources()).containsExactlyInAnyOrderElementsOf(files);
        assertThat(base.apiVersion()).isEqualTo("kustomize.config.k8s.io/v1beta1");
        assertThat(base.kind()).isEqualTo("Kustomization");
    }

    @Test
    void givenTheBase_thenNoTwoResourcesAreTheSame() {
        assertThat(Manifest.ofBase())
                .extracting(manifest -> manifest.apiVersion() + " " + manifest.kind() + " " + manifest.name())
                .doesNotHaveDuplicates();
        assertThat(Manifest.ofBase())
                .filteredOn(manifest -> manifest.kind().equals("Namespace"))
                .singleElement()
                .extracting(Manifest::name)
                .isEqualTo(base.namespace());
    }

    @Test
    void givenTheBase_thenTheImagesThatItNamesAreThoseOfTheSides() {
        assertThat(base.images())
                .extracting(Kustomization.Image::name)
                .containsExactlyInAnyOrderElementsOf(Side.both().stream()
                        .map(side -> side.container().getImage())
                        .toList());
    }

    @Test
    void givenAKustomization_whenAFieldIsMisspelt_thenItIsRefused() {
        Manifest misspelt = Manifest.parse(Path.of("kustomization.yaml"), """
                        apiVersion: kustomize.config.k8s.io/v1beta1
                        kind: Kustomization
                        resource: []
                        """).getFirst();
        assertThatThrownBy(() -> StrictModel.read(misspelt.tree(), Kustomization.class))
                .isInstanceOf(JacksonException.class)
                .hasMessageContaining("resource");
    }
}
