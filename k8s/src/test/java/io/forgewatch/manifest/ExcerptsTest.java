package io.forgewatch.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import tools.jackson.databind.JsonNode;

/** With the operators' complete definitions at hand ({@code -Dforgewatch.crds=folder}): do excerpts and manifests hold there? */
@EnabledIfSystemProperty(named = "forgewatch.crds", matches = ".+")
class ExcerptsTest {

    private static final Set<String> SAME = Set.of(
            "type",
            "enum",
            "pattern",
            "minimum",
            "maximum",
            "minItems",
            "nullable",
            "x-kubernetes-preserve-unknown-fields",
            "x-kubernetes-int-or-string");

    private final CustomKinds complete = CustomKinds.in(Path.of(System.getProperty("forgewatch.crds", "")));

    @Test
    void givenTheCompleteDefinitions_whenOurManifestsAreHeldAgainstThem_thenNothingIsWrong() {
        assertThat(Manifest.ofBase())
                .allSatisfy(manifest -> assertThat(Manifests.check(manifest, complete))
                        .as(manifest.toString())
                        .isEmpty());
    }

    @Test
    void givenTheCompleteDefinitions_whenAnExcerptIsComparedWithThem_thenItSaysTheSameOfWhatItNames() {
        assertThat(Manifests.EXCERPTS.schemas()).hasSize(5).allSatisfy((kind, excerpt) -> {
            assertThat(complete.schemas()).containsKey(kind);
            List<String> other = new ArrayList<>();
            compare(excerpt, complete.schemas().get(kind), kind, other);
            assertThat(other).isEmpty();
        });
    }

    private static void compare(JsonNode excerpt, JsonNode whole, String path, List<String> other) {
        if (whole.isMissingNode()) {
            other.add(path + " is not there");
            return;
        }
        SAME.stream()
                .filter(keyword -> !excerpt.path(keyword).equals(whole.path(keyword)))
                .forEach(keyword -> other.add(path + " " + keyword + ": " + whole.path(keyword)));
        whole.path("required")
                .valueStream()
                .filter(name -> excerpt.path("properties").has(name.asString()) || path.endsWith("spec"))
                .filter(name -> excerpt.path("required").valueStream().noneMatch(name::equals))
                .forEach(name -> other.add(path + " requires " + name));
        excerpt.path("properties")
                .properties()
                .forEach(field -> compare(
                        field.getValue(),
                        whole.path("properties").path(field.getKey()),
                        path + "." + field.getKey(),
                        other));
        for (String inner : List.of("items", "additionalProperties")) {
            if (excerpt.has(inner)) {
                compare(excerpt.get(inner), whole.path(inner), path + "." + inner, other);
            }
        }
    }
}
