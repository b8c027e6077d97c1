package io.forgewatch.web;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.PathContainer;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.cors.reactive.CorsUtils;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;
import reactor.core.publisher.Mono;

/**
 * Lets nobody in without a token, but to the few doors that are open to all. At the management's own port there is the management and
 * nothing else.
 */
public final class BearerFilter implements WebFilter, Ordered {

    private static final String ATTRIBUTE = Caller.class.getName();
    private static final String SCHEME = "Bearer ";

    private static final List<PathPattern> OPEN = patterns(
            "/auth/tokens",
            "/auth/tokens/renewal",
            "/auth/keys",
            "/actuator/health/**",
            "/v3/api-docs/**",
            "/v3/api-docs.yaml",
            "/swagger-ui.html",
            "/swagger-ui/**",
            "/webjars/**",
            "/problems/**",
            // Signed by the gateway itself (RFC 9421).
            "/telemetry/frames");

    /** All that may be done with a password that was given for once. */
    private static final List<PathPattern> OF_A_PASSWORD =
            patterns("/auth/password", "/auth/me", "/auth/sign-out", "/auth/sign-out/everywhere");

    /** All that there is at the management's own port, which is nobody's but the machine's or its watchers'. */
    private static final List<PathPattern> MANAGEMENT = patterns("/actuator/**");

    /** Slashes and the like that are written as something else: no other path of ours has them. */
    private static final Pattern DISGUISED = Pattern.compile("%(2f|5c|25|00)", Pattern.CASE_INSENSITIVE);

    /** Where a tile is has slashes, and is one parameter: whoever generates a client sends them as %2F. */
    private static final Pattern OF_A_TILE = Pattern.compile("/log/tile/[0-9a-z]+/[0-9xp.]+(%2[fF][0-9xp.]+)+");

    private final TokenVerifier tokens;

    private final ApplicationContext side;

    /** @param side whose doors these are; its management is a child of it */
    public BearerFilter(TokenVerifier tokens, ApplicationContext side) {
        this.tokens = tokens;
        this.side = side;
    }

    /** Who is calling; null at the open doors. */
    public static @Nullable Caller caller(ServerWebExchange exchange) {
        return exchange.getAttribute(ATTRIBUTE);
    }

    /** After the answer's headers are set, before anything that does work. */
    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE + 100;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        ServerHttpRequest request = exchange.getRequest();
        String path = request.getURI().getRawPath();
        if (DISGUISED.matcher(path).find() && !OF_A_TILE.matcher(path).matches()) {
            return Mono.error(Problem.notFound());
        }
        if (isOfManagement(exchange)) {
            return matches(MANAGEMENT, request.getPath().pathWithinApplication())
                    ? chain.filter(exchange)
                    : Mono.error(Problem.notFound());
        }
        if (isOpen(request)) {
            return chain.filter(exchange);
        }
        List<String> given = request.getHeaders().getOrEmpty(HttpHeaders.AUTHORIZATION);
        if (given.isEmpty()) {
            return Mono.error(Problem.unauthorized("token-missing", "Sign in first: POST /auth/tokens. 请先登录。"));
        }
        try {
            Caller caller = tokens.verify(token(given));
            if (caller.mustChangePassword()
                    && !matches(OF_A_PASSWORD, request.getPath().pathWithinApplication())) {
                return Mono.error(new Problem(
                        403,
                        "password-change-required",
                        "Change the password first: PUT /auth/password. 请先修改一次性密码。"));
            }
            exchange.getAttributes().put(ATTRIBUTE, caller);
        } catch (Problem problem) {
            return Mono.error(problem);
        }
        return chain.filter(exchange);
    }

    private static String token(List<String> given) {
        String header = given.getFirst();
        if (given.size() != 1 || !header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            throw Problem.unauthorized("token-invalid", "Authorization takes one 'Bearer <token>'. 请使用 Bearer 令牌。");
        }
        return header.substring(SCHEME.length()).strip();
    }

    /** Boot serves it from a context of its own, which takes its filters from the side's. */
    private boolean isOfManagement(ServerWebExchange exchange) {
        ApplicationContext of = exchange.getApplicationContext();
        return of != null && side.equals(of.getParent());
    }

    private static boolean isOpen(ServerHttpRequest request) {
        return matches(OPEN, request.getPath().pathWithinApplication()) || CorsUtils.isPreFlightRequest(request);
    }

    private static boolean matches(List<PathPattern> patterns, PathContainer path) {
        return patterns.stream().anyMatch(pattern -> pattern.matches(path));
    }

    private static List<PathPattern> patterns(String... patterns) {
        return List.of(patterns).stream()
                .map(PathPatternParser.defaultInstance::parse)
                .toList();
    }
}
