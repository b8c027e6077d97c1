package io.forgewatch.stack.contract;

import io.forgewatch.command.alarm.AlarmCommand.ReportBreach;
import io.forgewatch.command.decision.Commands;
import io.forgewatch.event.Actor;
import io.forgewatch.event.alarm.AlarmId;
import io.forgewatch.event.alarm.Limit;
import io.forgewatch.event.equipment.Severity;
import io.forgewatch.event.identity.Role;
import io.forgewatch.stack.Await;
import io.forgewatch.stack.RunFile;
import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A works that has one of everything that operations are about: a gateway, a device, an open alarm, a signed warning with an answer,
 * work that is parked, and a checkpoint over all of it.
 *
 * @param gateway with its secret
 * @param enterprise who answers for it
 */
record Works(Calls calls, RunFile.Gateway gateway, Caller.Bearer enterprise) {

    static final String DEVICE = Examples.OF + "010001";
    static final String ALARM = DEVICE + ".BF_CW_P.LOW.1732440000100";
    static final String GATEWAY = Examples.OF + "-G1";
    static final String WARNING = Examples.OF + "-W1";

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** Registers it, by the documents' examples. */
    static Works found(SmallStack stack, List<Operation> operations, Accounts accounts, String id) throws Exception {
        Examples examples = new Examples(id);
        Founding founding = new Founding(
                stack, operations, new Client(), new Calls(examples, "1", new AtomicLong(System.currentTimeMillis())));
        Caller ministry = accounts.ministry();
        String registered = founding.done("POST /enterprises", ministry).position();
        JsonNode gateway = JsonMapper.shared()
                .readTree(founding.done("POST /enterprises/{id}/gateways", ministry)
                        .body());
        founding.done("POST /enterprises/{id}/devices", ministry);
        breach(stack, AlarmId.parse(examples.mine(ALARM)));
        park(stack, examples);
        for (String shown : List.of(
                "GET /enterprises/{id}",
                "GET /gateways/{id}",
                "GET /devices/{id}",
                "GET /alarms/{id}",
                "GET /warnings/{id}")) {
            Await.until(shown, PATIENCE, () -> founding.asked(shown, ministry).status() == 200);
        }
        Caller.Bearer enterprise = accounts.of(Role.ENTERPRISE, "enterprise:" + id);
        founding.done("POST /warnings/{id}/signature", enterprise);
        founding.done("POST /warnings/{id}/feedback", enterprise);
        Await.until(
                "a checkpoint",
                PATIENCE,
                () -> founding.asked("POST /log/checkpoints", ministry).status() == 200);
        return new Works(
                new Calls(examples, registered, founding.calls().sequences()),
                new RunFile.Gateway(
                        gateway.required("id").asString(),
                        id,
                        gateway.required("secret").asString()),
                enterprise);
    }

    /** As detection tells it. */
    private static void breach(SmallStack stack, AlarmId alarm) {
        stack.command()
                .getBean(Commands.class)
                .send(
                        new ReportBreach(
                                alarm,
                                "01",
                                "炼铁区",
                                Limit.LL,
                                Severity.A,
                                0.18,
                                0.2,
                                1,
                                "MPa",
                                List.of(),
                                Instant.now()),
                        new Actor("detection", "0"),
                        null)
                .block(PATIENCE);
    }

    /** Of a worker that no release has, so that it stays. */
    private static void park(SmallStack stack, Examples examples) throws SQLException {
        URI store = URI.create(stack.whereabouts().postgres());
        String[] user = store.getUserInfo().split(":", 2);
        try (Connection connection = DriverManager.getConnection(
                        "jdbc:postgresql://" + store.getHost() + ":" + store.getPort() + store.getPath(),
                        user[0],
                        user[1]);
                PreparedStatement row = connection.prepareStatement(
                        "insert into parkings (id, worker, subject, cause, enterprise, reason, build, next_try_at)"
                                + " values (?, 'nobody', ?, 'FAILING', ?, 'kept for a test', '0', now())")) {
            row.setObject(1, parked(examples));
            row.setString(2, examples.mine(ALARM));
            row.setString(3, examples.works());
            row.executeUpdate();
        }
    }

    /** That of the document's example belongs to the works that all examples are of. */
    private static UUID parked(Examples examples) {
        return examples.works().equals(Examples.OF)
                ? UUID.fromString("01a223f6-59e6-7901-a221-fe5d71695931")
                : UUID.randomUUID();
    }

    private record Founding(SmallStack stack, List<Operation> operations, Client client, Calls calls) {

        Answer done(String operation, Caller caller) throws Exception {
            Answer answer = asked(operation, caller);
            if (!answer.isTaken()) {
                throw new IllegalStateException(operation + " answered " + answer);
            }
            return answer;
        }

        Answer asked(String name, Caller caller) throws Exception {
            Operation operation = operations.stream()
                    .filter(one -> one.name().equals(name))
                    .findFirst()
                    .orElseThrow();
            return client.send(Objects.requireNonNull(operation.side()), calls.to(operation), caller);
        }
    }
}
