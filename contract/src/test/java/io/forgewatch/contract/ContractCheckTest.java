package io.forgewatch.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ContractCheckTest {

    private static final String PROBLEM = """
            {"type": "/problems/not-found", "title": "Not found", "status": %s, "detail": "Not here", "code": "not-found",
            "traceId": "4bf92f3577b34da6a3ce929d0e0e4736", "errors": []}""";

    private static ContractCheck check;

    @BeforeAll
    static void the_published_contracts_are_read() {
        check = new ContractCheck(PublishedContracts.merged());
    }

    @Test
    void given_what_the_contract_says_when_held_then_nothing_is_found() {
        assertThat(faults(problem("GET", "/alarms/none", 404, "404"))).isEmpty();
        assertThat(faults(problem("POST", "/alarms/none/clearance", 404, "404")))
                .isEmpty();
        assertThat(faults(json("GET", "/auth/keys", 200, "{\"keys\": []}"))).isEmpty();
        assertThat(faults(new Answer("HEAD", "/alarms", 200, null, new byte[0])))
                .isEmpty();
    }

    @Test
    void given_a_wrong_type_or_a_field_too_many_or_one_too_few_when_held_then_it_is_told() {
        assertThat(faults(problem("GET", "/alarms/none", 404, "\"404\"")))
                .singleElement()
                .asString()
                .contains("/status", "GET /alarms/none");
        assertThat(faults(json("GET", "/auth/keys", 200, "{}"))).hasSize(1);
        assertThat(faults(json("GET", "/auth/keys", 200, "{\"keys\": [], \"more\": 1}")))
                .hasSize(1);
        assertThat(faults(json("GET", "/auth/keys", 200, "{\"keys\": null}"))).hasSize(1);
    }

    @Test
    void given_an_answer_that_no_operation_tells_when_held_then_it_is_told() {
        assertThat(faults(json("GET", "/auth/keys", 418, "{}"))).hasSize(1);
        assertThat(faults(new Answer("GET", "/auth/keys", 200, "text/plain", "{}".getBytes(StandardCharsets.UTF_8))))
                .hasSize(1);
        assertThat(faults(json("GET", "/nobody/knows", 200, "{}"))).hasSize(1);
        assertThat(faults(json("GET", "/nobody/knows", 404, "{}"))).hasSize(1);
        assertThat(faults(problem("GET", "/nobody/knows", 404, "404"))).isEmpty();
        assertThat(faults(problem("DELETE", "/alarms", 405, "405"))).isEmpty();
    }

    @Test
    void given_the_data_of_an_event_when_held_then_it_is_as_its_schema_says() {
        List<byte[]> told = new ArrayList<>();
        EventData events = new EventData(told::add);
        for (byte one : "id:1\nevent:warning\ndata:{\"id\": \"W1\"}\n\n: heartbeat\nid:2\n\n"
                .getBytes(StandardCharsets.UTF_8)) {
            events.add(new byte[] {one});
        }
        assertThat(told).hasSize(1);
        assertThat(faults(new Answer("GET", "/streams/warnings", 200, "text/event-stream", told.getFirst())))
                .singleElement()
                .asString()
                .contains("deadlines");
    }

    @Test
    void given_faults_when_asked_for_then_they_are_told_once() throws Exception {
        Answers answers = new Answers(() -> check);
        answers.watch();
        answers.put(json("GET", "/auth/keys", 200, "{}"));
        assertThat(answers.faults(Duration.ofMinutes(1))).hasSize(1);
        assertThat(answers.faults(Duration.ofMinutes(1))).isEmpty();
    }

    private static List<String> faults(Answer answer) {
        return check.fault(answer).stream().toList();
    }

    private static Answer json(String method, String path, int status, String body) {
        return new Answer(method, path, status, "application/json", body.getBytes(StandardCharsets.UTF_8));
    }

    private static Answer problem(String method, String path, int status, String said) {
        return new Answer(
                method,
                path,
                status,
                "application/problem+json",
                PROBLEM.formatted(said).getBytes(StandardCharsets.UTF_8));
    }
}
