package io.forgewatch.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is at the door for all, and what only at the management's own port. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ManagementPortTest {

    private EdgeServer server;

    @BeforeAll
    void start() {
        server = new EdgeServer(Map.of());
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @Test
    void givenTheManagementPort_whenMetricsAreAsked_thenTheyAreThereAndAtTheDoorTheyAreNotEvenForTheSignedIn() {
        HttpResponse<String> metrics = at(server.managementPort(), "/actuator/prometheus");
        assertThat(metrics.statusCode()).isEqualTo(200);
        assertThat(metrics.body()).contains("jvm_");
        assertThat(server.send(server.request("/actuator/prometheus")).statusCode())
                .isEqualTo(401);
        assertThat(server.send(server.request("/actuator/prometheus").header("X-Forwarded-For", "127.0.0.1"))
                        .statusCode())
                .isEqualTo(401);
        assertThat(server.send(server.signedIn("/actuator/prometheus")).statusCode())
                .isEqualTo(404);
        assertThat(server.send(server.signedIn("/actuator")).statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/actuator/health",
                "/actuator/health/liveness",
                "/actuator/health/readiness",
                "/actuator/health/startup"
            })
    void givenHealth_whenAskedAtBothPorts_thenBothSayTheSame(String path) {
        HttpResponse<String> door = server.send(server.request(path));
        HttpResponse<String> management = at(server.managementPort(), path);
        assertThat(door.statusCode()).isEqualTo(management.statusCode());
        assertThat(EdgeServer.json(door)).isEqualTo(EdgeServer.json(management));
        assertThat(door.headers().firstValue("Content-Type"))
                .isEqualTo(management.headers().firstValue("Content-Type"));
    }

    @ParameterizedTest
    @CsvSource({
        "/actuator/health, 200",
        "/actuator/health/liveness, 200",
        "/actuator/health/nobody, 404",
        "/problems/not-found, 200",
        "/problems/nothing, 404"
    })
    void givenOnlyTheHead_whenAskedAtTheDoor_thenItIsThatOfTheWhole(String path, int status) {
        HttpResponse<String> head = server.send(server.request(path).HEAD());
        assertThat(head.statusCode()).isEqualTo(status);
        assertThat(head.body()).isEmpty();
        HttpResponse<String> whole = server.send(server.request(path));
        assertThat(head.headers().firstValue("Content-Type"))
                .isEqualTo(whole.headers().firstValue("Content-Type"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/actuator/health/nobody", "/actuator/health/liveness/x"})
    void givenAPartThatThereIsNot_whenAskedAtTheDoor_then404AsAProblem(String path) {
        HttpResponse<String> answer = server.send(server.request(path));
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(EdgeServer.json(answer).path("code").asString()).isEqualTo("not-found");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/me", "/", "/list", "/v3/api-docs", "/problems/not-found"})
    void givenTheManagementPort_whenSomethingElseIsAsked_thenItIsNotThere(String path) {
        assertThat(at(server.managementPort(), path).statusCode()).isEqualTo(404);
    }

    private HttpResponse<String> at(int port, String path) {
        return server.send(server.request(port, path));
    }
}
