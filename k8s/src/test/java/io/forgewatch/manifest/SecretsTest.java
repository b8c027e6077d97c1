package io.forgewatch.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.SecretKeySelector;
import java.io.IOException;
import java.nio.file.Files;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Secrets come from outside: here stand their names, and whoever makes them. */
class SecretsTest {

    private static final Pattern SENSITIVE = Pattern.compile(".*(_KEY|PASSWORD|SECRET|TOKEN|_URL|_URI)$");

    /** A key in PEM, an address with a password, or 32 bytes and more in Base64 or hex. */
    private static final Pattern VALUE =
            Pattern.compile("-----BEGIN|://[^/\\s:]+:[^/\\s@]+@|(^|[\\s'\"=:])[A-Za-z0-9+]{42,}={0,2}($|[\\s'\"])");

    static List<Side> both() {
        return Side.both();
    }

    @Test
    void givenTheManifests_thenNoSecretIsAmongThemAndNothingLooksLikeOne() {
        assertThat(Manifest.filesIn(Manifest.HERE, ".yaml"))
                .hasSizeGreaterThan(10)
                .allSatisfy(file -> assertThat(Manifest.in(file)).allSatisfy(manifest -> {
                    assertThat(manifest.kind()).isNotEqualTo("Secret");
                    assertThat(manifest.tree().propertyNames()).doesNotContain("stringData", "secretGenerator");
                    texts(manifest.tree())
                            .forEach(text -> assertThat(VALUE.matcher(text).find())
                                    .as(text)
                                    .isFalse());
                }));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-----BEGIN PRIVATE KEY-----",
                "postgresql://forgewatch:wrong@postgres:5432/forgewatch",
                "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=",
            })
    void givenAValueOfASecret_whenItStoodInAManifest_thenItWouldBeSeen(String value) {
        assertThat(VALUE.matcher(value).find()).isTrue();
    }

    @ParameterizedTest
    @MethodSource("both")
    void givenASide_thenWhatOpensSomethingComesFromASecret(Side side) {
        assertThat(side.environment())
                .filteredOn(one -> SENSITIVE.matcher(one.getName()).matches())
                .isNotEmpty()
                .allSatisfy(one -> assertThat(one.getValue()).isNull())
                .extracting(EnvVar::getValueFrom)
                .allSatisfy(from -> assertThat(from.getSecretKeyRef()).isNotNull());
    }

    @ParameterizedTest
    @MethodSource("both")
    void givenASide_thenEachSecretIsMadeByAnOperatorOrNamedForWhoeverInstalls(Side side) throws IOException {
        String readme = Files.readString(Manifest.HERE.resolve("README.md"));
        Set<String> made = madeByOperators();
        for (SecretKeySelector secret : side.secrets()) {
            String row = "| `" + secret.getName() + "` | `" + secret.getKey() + "` |";
            assertThat(made.contains(secret.getName() + " " + secret.getKey()) || readme.contains(row))
                    .as(row)
                    .isTrue();
        }
    }

    @Test
    void givenTheQuerySide_thenNoKeyThatSignsOrSealsIsGivenToIt() {
        assertThat(new Side("query-side").secrets())
                .extracting(SecretKeySelector::getName)
                .doesNotContain("forgewatch-command-side", "forgewatch-bootstrap");
    }

    private static Set<String> madeByOperators() {
        Set<String> made = new HashSet<>();
        Manifest.ofBase().forEach(manifest -> {
            if (manifest.kind().equals("Cluster")) {
                made.add(manifest.name() + "-app uri");
            }
            if (manifest.kind().equals("MongoDBCommunity")) {
                manifest.tree()
                        .at("/spec/users")
                        .valueStream()
                        .map(user -> user.path("connectionStringSecretName").asString())
                        .forEach(name -> made.add(name + " connectionString.standard"));
            }
        });
        return made;
    }

    private static List<String> texts(JsonNode node) {
        return node.isContainer()
                ? node.valueStream().flatMap(inner -> texts(inner).stream()).toList()
                : List.of(node.asString(""));
    }
}
