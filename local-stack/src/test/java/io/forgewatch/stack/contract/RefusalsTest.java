package io.forgewatch.stack.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.forgewatch.event.identity.Role;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/**
 * What is wrong with a request is told as it was told before: every field and parameter of every operation is sent missing, null, of
 * another type, too long and so on, against what is kept. {@code -Dforgewatch.refusals=write} keeps what is answered now.
 */
class RefusalsTest {

    private static final String WORKS = "GT3702110002";
    private static final List<String> SENDERS = List.of("nobody", "enterprise", "ministry", "province", "auditor");
    private static final String FRAMES = "/telemetry/frames";
    private static final String WRITE = "forgewatch.refusals";

    @Test
    void given_every_operation_when_one_thing_of_its_input_is_wrong_then_the_answer_is_the_one_that_is_kept()
            throws Exception {
        SmallStack stack = SmallStack.running();
        List<Operation> operations = PublishedOperations.of(stack.whereabouts()).stream()
                // Detection hears of readings later: nothing is asked any more that could turn out otherwise then.
                .sorted(Comparator.comparing(operation -> operation.path().equals(FRAMES)))
                .toList();
        Accounts accounts = new Accounts(stack);
        Works works = Works.found(stack, operations, accounts, WORKS);
        Map<String, Caller> senders = Map.of(
                "nobody", new Caller.Nobody(),
                "enterprise", works.enterprise(),
                "ministry", accounts.ministry(),
                "province", accounts.of(Role.PROVINCE, "region:370211"),
                "auditor", accounts.of(Role.AUDITOR, "nation"),
                "gateway", new Caller.Gateway(works.gateway()));
        Client client = new Client();
        RecordedRefusals answered = new RecordedRefusals();
        for (Operation operation : operations) {
            Caller sender = Objects.requireNonNull(senders.get(sender(operation)));
            List<BadInput> all = new ArrayList<>(BadParameters.of(operation, works.calls()));
            all.addAll(BadBodies.of(operation, works.calls()));
            for (BadInput bad : all) {
                answered.add(
                        operation,
                        bad,
                        client.send(operation.side(), bad.call(), sender).told());
            }
        }

        if ("write".equals(System.getProperty(WRITE))) {
            RecordedRefusals.keep(answered.written());
        }
        assertThat(RecordedRefusals.difference(RecordedRefusals.kept(), answered.written()))
                .as("kept (-) and answered (+); -D%s=write keeps what is answered now", WRITE)
                .isEmpty();
    }

    /** The first who may, by the table that is kept. */
    private static String sender(Operation operation) {
        WhoMayTable table = WhoMayTable.kept();
        if (operation.path().equals(FRAMES)) {
            return "gateway";
        }
        List<String> cells = Objects.requireNonNull(table.rows().get(operation.name()), operation.name());
        return SENDERS.stream()
                .filter(tier -> cells.get(table.tiers().indexOf(tier)).matches("(yes|sees).*"))
                .findFirst()
                .orElseThrow();
    }
}
