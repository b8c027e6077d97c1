package io.forgewatch.stack.trial;

import io.forgewatch.stack.Patience;
import io.forgewatch.stack.StackException;
import io.forgewatch.stack.demo.CommandApi;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The alarms as the query side shows them to the ministry: of each point the newest. */
final class AlarmWatch implements AutoCloseable {

    private static final JsonMapper MAPPER = new JsonMapper();
    private static final int UNAUTHORIZED = 401;
    private static final int NOT_YET = 503;
    private static final int NAMED = 5;
    private static final String NONE = "NONE";

    private final TrialStack stack;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private String token = "";

    AlarmWatch(TrialStack stack) {
        this.stack = stack;
    }

    /** How many of them stand how, such as {@code 48 RETURNED, 2 ACTIVE (…)}; the points that are not as wanted are named. */
    record Seen(boolean all, String text) {}

    /** Waits until the newest alarm of every point is in one of some statuses, or the time is over. */
    Seen await(Set<String> points, Set<String> wanted, Duration most) throws Exception {
        boolean all = Patience.until(
                most, () -> statuses(points).entrySet().stream().allMatch(one -> wanted.contains(one.getValue())));
        return new Seen(all, text(statuses(points), wanted));
    }

    /** How many alarms of a works there are. */
    record Count(boolean all, String text) {}

    /** Waits until there are so many alarms of a works, page by page, or the time is over. */
    Count await(String works, int wanted, Duration most) throws Exception {
        boolean all = Patience.until(most, () -> count(works) >= wanted);
        return new Count(all, count(works) + " of " + wanted);
    }

    private int count(String works) throws IOException, InterruptedException {
        int count = 0;
        String cursor = "";
        do {
            JsonNode page = alarms("&enterpriseId=" + works + cursor);
            count += page.path("items").size();
            String next = page.path("next").asString("");
            cursor = next.isEmpty() ? "" : "&cursor=" + next;
        } while (!cursor.isEmpty());
        return count;
    }

    /** By device and indicator. */
    Map<String, String> statuses(Set<String> points) throws IOException, InterruptedException {
        Map<String, String> statuses = new HashMap<>();
        for (JsonNode alarm : alarms("").path("items")) {
            String point = alarm.required("deviceId").asString() + "."
                    + alarm.required("indicator").asString();
            if (points.contains(point)) {
                // The newest comes first.
                statuses.putIfAbsent(point, alarm.required("status").asString());
            }
        }
        points.forEach(point -> statuses.putIfAbsent(point, NONE));
        return statuses;
    }

    private static String text(Map<String, String> statuses, Set<String> wanted) {
        Map<String, Long> counts = statuses.values().stream()
                .collect(Collectors.groupingBy(status -> status, TreeMap::new, Collectors.counting()));
        String others = statuses.entrySet().stream()
                .filter(one -> !wanted.contains(one.getValue()))
                .map(Map.Entry::getKey)
                .sorted()
                .limit(NAMED)
                .collect(Collectors.joining(", "));
        return counts.entrySet().stream()
                        .map(one -> one.getValue() + " " + one.getKey())
                        .collect(Collectors.joining(", "))
                + (others.isEmpty() ? "" : " (such as " + others + ")");
    }

    /** @param filter what is asked for beside the length of a page */
    private JsonNode alarms(String filter) throws IOException, InterruptedException {
        HttpResponse<String> answer = ask(filter);
        if (answer.statusCode() == UNAUTHORIZED) {
            token = CommandApi.signIn(client, stack.run().command(), stack.ministry())
                    .token();
            answer = ask(filter);
        }
        if (answer.statusCode() == NOT_YET) {
            return MAPPER.createObjectNode();
        }
        if (answer.statusCode() != 200) {
            throw new StackException("GET /alarms answered " + answer.statusCode() + ": " + answer.body());
        }
        return MAPPER.readTree(answer.body());
    }

    private HttpResponse<String> ask(String filter) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(stack.run().query() + "/alarms?limit=500" + filter))
                .timeout(Duration.ofSeconds(30))
                .header("Authorization", "Bearer " + token)
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
