package io.forgewatch.web;

import io.forgewatch.web.ProblemCatalogue.Entry;
import java.nio.charset.StandardCharsets;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.util.HtmlUtils;
import reactor.core.publisher.Mono;

/** {@code GET /problems/<code>}: the page that a problem's {@code type} leads to, in Chinese and English. */
final class ProblemPages {

    private static final String PAGE = """
            <!doctype html>
            <html lang="zh-CN"><head><meta charset="utf-8"><title>%s</title>
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <style>body{font:16px/1.6 system-ui,sans-serif;max-width:44rem;margin:3rem auto;padding:0 1rem}
            code{background:#eee;padding:.1em .4em}h2{font-size:1rem;margin:1.5rem 0 0}p{margin:.3rem 0}</style></head>
            <body><h1>%s</h1><p><code>%s</code> · %s</p>
            <h2>发生了什么 · What happened</h2><p>%s</p><p lang="en">%s</p>
            <h2>怎么办 · What to do</h2><p>%s</p><p lang="en">%s</p>
            </body></html>
            """;

    private final ProblemCatalogue catalogue;

    ProblemPages(ProblemCatalogue catalogue) {
        this.catalogue = catalogue;
    }

    RouterFunction<ServerResponse> routes() {
        return RouterFunctions.route()
                .GET("/problems/{code}", this::page)
                .HEAD("/problems/{code}", this::page)
                .build();
    }

    private Mono<ServerResponse> page(ServerRequest request) {
        return catalogue
                .entry(request.pathVariable("code"))
                .map(entry -> ServerResponse.ok()
                        .contentType(new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8))
                        .cacheControl(CacheControl.maxAge(java.time.Duration.ofHours(1))
                                .cachePublic())
                        .bodyValue(html(entry)))
                .orElseGet(() -> Mono.error(Problem.notFound()));
    }

    private static String html(Entry entry) {
        String title =
                HtmlUtils.htmlEscape(entry.title().zh() + " · " + entry.title().en());
        return PAGE.formatted(
                title,
                title,
                HtmlUtils.htmlEscape(entry.code()),
                entry.status() == 202 ? "202 (refused reading · 被拒读数)" : "HTTP " + entry.status(),
                HtmlUtils.htmlEscape(entry.meaning().zh()),
                HtmlUtils.htmlEscape(entry.meaning().en()),
                HtmlUtils.htmlEscape(entry.action().zh()),
                HtmlUtils.htmlEscape(entry.action().en()));
    }
}
