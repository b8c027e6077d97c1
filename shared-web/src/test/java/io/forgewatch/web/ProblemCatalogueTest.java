package io.forgewatch.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ProblemCatalogueTest {

    private static final ProblemCatalogue CATALOGUE = ProblemCatalogue.read();

    /** How sources name a code: a problem's or a refusal's second argument, or the first of a factory that is named for a status. */
    private static final Pattern NAMED = Pattern.compile(
            "(?:new Problem\\(\\s*\\d{3},|unauthorized\\(|Kind\\.[A-Z_]+,|(?<![.\\w])(?:NOT_FOUND|FORBIDDEN|CONFLICT|INVALID),)\\s*\"([a-z0-9-]+)\"");

    @Test
    void givenTheSources_whenSearched_thenEveryCodeIsInTheCatalogue() throws IOException {
        Path root = Path.of("").toAbsolutePath().getParent();
        assumeThat(root).as("run within the repository").isNotNull();
        assumeThat(root.resolve("pom.xml")).as("run within the repository").exists();
        Set<String> used = new TreeSet<>();
        for (String module : new String[] {"shared-web", "command-side", "query-side"}) {
            try (Stream<Path> files = Files.walk(root.resolve(module).resolve("src/main/java"))) {
                files.filter(file -> file.toString().endsWith(".java")).forEach(file -> used.addAll(codes(file)));
            }
        }
        assertThat(used).contains("token-missing", "body-too-large");
        assertThat(CATALOGUE.codes()).containsAll(used);
    }

    @Test
    void givenEveryCode_whenItsPageIsAsked_thenItSaysWhatToDoInBothLanguages() {
        try (EdgeServer server = new EdgeServer(Map.of())) {
            for (String code : CATALOGUE.codes()) {
                HttpResponse<String> page = server.send(server.request("/problems/" + code));
                assertThat(page.statusCode()).isEqualTo(200);
                assertThat(page.headers().firstValue("Content-Type")).contains("text/html;charset=UTF-8");
                assertThat(page.body()).contains(code, "怎么办", "What to do", "lang=\"en\"");
            }
            assertThat(server.send(server.request("/problems/no-such-code")).statusCode())
                    .isEqualTo(404);
            assertThat(server.send(server.request("/problems/%3Cscript%3E")).body())
                    .doesNotContain("<script>");
        }
    }

    private static Set<String> codes(Path file) {
        try {
            Set<String> codes = new TreeSet<>();
            NAMED.matcher(Files.readString(file)).results().forEach(match -> codes.add(match.group(1)));
            return codes;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
