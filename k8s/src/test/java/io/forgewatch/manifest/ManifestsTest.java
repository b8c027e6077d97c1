package io.forgewatch.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.core.JacksonException;

/** Every manifest says what its kind may say; a misspelt field of any kind is refused. */
class ManifestsTest {

    @TestFactory
    List<DynamicTest> givenAManifest_whenHeldAgainstItsKind_thenNothingIsWrong() {
        return Manifest.ofBase().stream()
                .map(manifest -> DynamicTest.dynamicTest(
                        manifest.toString(),
                        () -> assertThat(Manifests.check(manifest, Manifests.OPERATORS))
                                .isEmpty()))
                .toList();
    }

    @Test
    void givenADefinitionOfAnOperator_whenHeldAgainstItsKind_thenNothingIsWrong() {
        List<Manifest> definitions = Manifest.filesIn(Manifest.HERE.resolve("crds"), ".yaml.gz")
                .flatMap(file -> Manifest.in(file).stream())
                .toList();
        assertThat(definitions)
                .hasSize(5)
                .allSatisfy(definition -> assertThat(Manifests.check(definition, Manifests.OPERATORS))
                        .isEmpty());
    }

    /** Each field of each manifest, misspelt in turn: whoever reads it so must be told, wherever names are not free. */
    @TestFactory
    List<DynamicTest> givenAManifest_whenAnyOfItsFieldsIsMisspelt_thenItIsRefused() {
        return Manifest.ofBase().stream()
                .map(manifest -> DynamicTest.dynamicTest(manifest.toString(), () -> {
                    List<Misspelling> all = Misspelling.allOf(manifest);
                    assertThat(all).hasSizeGreaterThan(2);
                    assertThat(all)
                            .allSatisfy(one -> assertThat(Manifests.check(one.manifest(), Manifests.OPERATORS))
                                    .as(one.path())
                                    .isNotEmpty());
                }))
                .toList();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Deployment       | replicas: 2              | replicas: two
            Deployment       | replicas: 2              | replicas: '"2"'
            Deployment       | replicas: 2              | replica: 2
            Deployment       | maxUnavailable: 0        | maxUnavailabel: 0
            Deployment       | readOnlyRootFilesystem: true | readOnlyRootFilesystem: '"true"'
            Deployment       | value: 0.0.0.0           | value: 0
            PodDisruptionBudget | maxUnavailable: 1     | minimumAvailable: 1
            NetworkPolicy    | port: 53                 | ports: 53
            Cluster          | instances: 3             | instances: '"3"'
            Cluster          | instances: 3             | instances: 0
            Cluster          | instances: 3             | instance: 3
            Cluster          | max_connections: '"100"' | max_connections: 100
            Cluster          | method: any              | method: some
            Kafka            | tls: false               | tls: '"no"'
            Kafka            | type: internal           | type: intern
            KafkaNodePool    | kraftMetadata: shared    | kraftMetadata: own
            KafkaTopic       | partitions: 12           | partitions: 0
            KafkaTopic       | partitions: 12           | partition: 12
            MongoDBCommunity | members: 3               | members: three
            MongoDBCommunity | type: ReplicaSet         | typ: ReplicaSet
            """)
    void givenAManifest_whenOneThingInItIsWrong_thenItIsRefused(String kind, String good, String bad) {
        List<Manifest> changed = changed(kind, good.replace("'", ""), bad.replace("'", ""));
        assertThat(changed)
                .isNotEmpty()
                .allSatisfy(manifest -> assertThat(Manifests.check(manifest, Manifests.OPERATORS))
                        .isNotEmpty());
    }

    @Test
    void givenAManifest_whenAKeyStandsThereTwice_thenItIsRefused() {
        assertThatThrownBy(() -> Manifest.parse(Path.of("twice.yaml"), """
                        apiVersion: v1
                        kind: Service
                        metadata:
                          name: one
                          name: other
                        """))
                .isInstanceOf(JacksonException.class)
                .hasMessageContaining("name");
    }

    @Test
    void givenAManifestOfAKindThatNobodyDefines_thenItIsRefused() {
        Manifest unknown = Manifest.parse(Path.of("unknown.yaml"), """
                        apiVersion: kafka.strimzi.io/v1
                        kind: KafkaTropic
                        metadata:
                          name: forgewatch.events
                        """).getFirst();
        assertThat(Manifests.check(unknown, Manifests.OPERATORS))
                .singleElement()
                .satisfies(wrong -> assertThat(wrong).contains("KafkaTropic"));
    }

    private static List<Manifest> changed(String kind, String good, String bad) {
        return Manifest.filesIn(Manifest.BASE, ".yaml")
                .flatMap(file -> Misspelling.changed(file, good, bad).stream())
                .filter(manifest -> manifest.kind().equals(kind))
                .filter(manifest -> Manifest.ofBase().stream()
                        .noneMatch(original -> original.tree().equals(manifest.tree())))
                .toList();
    }
}
