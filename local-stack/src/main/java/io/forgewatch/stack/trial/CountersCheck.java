package io.forgewatch.stack.trial;

import io.forgewatch.event.identity.Jurisdiction;
import io.forgewatch.stack.Patience;
import io.forgewatch.stack.RunFile;
import io.forgewatch.stack.StackException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Holds the counters of every jurisdiction, as an instance of the query side shows them, against a fold of the events. */
final class CountersCheck {

    private static final JsonMapper MAPPER = new JsonMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final HttpClient client;
    private final RunFile run;
    private final String query;
    private final String token;

    /**
     * @param query the address of the instance that is asked
     * @param token of the ministry
     */
    CountersCheck(HttpClient client, RunFile run, String query, String token) {
        this.client = client;
        this.run = run;
        this.query = query;
        this.token = token;
    }

    /**
     * By jurisdiction, the counters that do not come to what the events say, such as {@code alarms.open 3 not 4}; empty when all
     * are right. While things happen a counter may be ahead of the position that is told with it for a moment: it must be right
     * once within some time, and what was counted wrongly stays wrong.
     *
     * @param most how long each may take
     */
    Map<String, String> differences(Duration most) throws Exception {
        Set<String> scopes = FoldedEvents.of(run).scopes();
        Map<String, String> wrong = new TreeMap<>();
        for (String scope : scopes) {
            String[] last = {""};
            boolean right = Patience.until(most, () -> {
                last[0] = difference(Jurisdiction.fromWire(scope));
                return last[0].isEmpty();
            });
            if (!right) {
                wrong.put(scope, last[0]);
            }
        }
        return wrong;
    }

    private String difference(Jurisdiction scope) throws IOException, InterruptedException, SQLException {
        JsonNode overview = overview(scope);
        long position = overview.required("position").asLong();
        FoldedEvents events = FoldedEvents.of(run);
        if (position < events.position()) {
            return "position %d not %d".formatted(position, events.position());
        }
        return events.counters(scope, position, Instant.now()).entrySet().stream()
                .filter(counter -> shown(overview, counter.getKey()) != counter.getValue())
                .map(counter -> "%s %d not %d"
                        .formatted(counter.getKey(), shown(overview, counter.getKey()), counter.getValue()))
                .collect(Collectors.joining(", "));
    }

    private static int shown(JsonNode overview, String counter) {
        JsonNode at = overview;
        for (String name : counter.split("\\.")) {
            at = at.path(name);
        }
        return at.asInt(-1);
    }

    private JsonNode overview(Jurisdiction scope) throws IOException, InterruptedException {
        String filter = switch (scope) {
            case Jurisdiction.Nation _ -> "";
            case Jurisdiction.Region(String prefix) -> "?region=" + prefix;
            case Jurisdiction.Enterprise(var id) -> "?enterpriseId=" + id.value();
        };
        HttpResponse<String> answer = client.send(
                HttpRequest.newBuilder(URI.create(query + "/patrol/overview" + filter))
                        .timeout(PATIENCE)
                        .header("Authorization", "Bearer " + token)
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new StackException(
                    "GET /patrol/overview" + filter + " answered " + answer.statusCode() + ": " + answer.body());
        }
        return MAPPER.readTree(answer.body());
    }
}
