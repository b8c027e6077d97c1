package io.forgewatch.stack.bench;

import io.forgewatch.stack.Patience;
import io.forgewatch.stack.Progress;
import io.forgewatch.stack.rebuild.ProjectionsApi;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;

/**
 * Prepares a folder with a history, once; whoever is interrupted goes on where he was. A stack is founded, the events are put into its
 * store while it is down, it starts and seals, copies and folds them, its gateways are registered and send.
 */
final class BehindPreparation {

    private static final Duration MOST_CATCHING_UP = Duration.ofHours(3);
    private static final long TELL_EVERY_NANOS = 5_000_000_000L;

    private final PreparedFolder folder;
    private final BehindSize size;
    private final Progress progress;

    BehindPreparation(PreparedFolder folder, BehindSize size, Progress progress) {
        this.folder = folder;
        this.size = size;
        this.progress = progress;
    }

    /** Does what is not done yet. */
    void complete() throws Exception {
        progress.tell("The history is kept in " + folder.home());
        if (folder.mark(PreparedFolder.FOUNDED).isEmpty()) {
            try (StackUnderTest stack = start()) {
                awaitAutomations(stack);
            }
            folder.mark(PreparedFolder.FOUNDED, HistoryFill.head(folder.home()));
        }
        if (folder.mark(PreparedFolder.FILLED).isEmpty()) {
            long founded = folder.mark(PreparedFolder.FOUNDED).orElseThrow();
            folder.mark(PreparedFolder.FILLED, HistoryFill.fill(folder.home(), new History(size), founded, progress));
        }
        if (folder.mark(PreparedFolder.FRAMES).isEmpty()) {
            try (StackUnderTest stack = start()) {
                long filled = folder.mark(PreparedFolder.FILLED).orElseThrow();
                awaitViews(stack, filled, filled);
                GatewayFill gateways = new GatewayFill(stack, size, progress);
                gateways.register(folder.gateways());
                gateways.hearAll(folder.gateways());
                folder.mark(PreparedFolder.FRAMES, gateways.send(folder.gateways()));
                awaitViews(stack, number(stack, "select max(position) from events"), filled);
            }
        }
    }

    /** The broker keeps frames for a week: of a folder that is older some are gone, and are sent anew. */
    void refresh(StackUnderTest stack) throws Exception {
        long there = TopicLength.of(stack.run().kafka());
        if (there < size.frames()) {
            progress.tell("Kafka has only %,d frames by now".formatted(there));
            folder.mark(PreparedFolder.FRAMES, new GatewayFill(stack, size, progress).send(folder.gateways()));
        }
    }

    private StackUnderTest start() throws Exception {
        return StackUnderTest.start(folder.home(), List.of("--no-demo"), progress);
    }

    /** What the founder's start wrote is written, and every automation has a row that says how far it is. */
    private static void awaitAutomations(StackUnderTest stack) throws Exception {
        Patience.mustCome(
                "the automations to be as far as the store",
                Duration.ofMinutes(2),
                // Doors open before the store has its tables.
                () -> number(stack, "select count(*) from pg_tables where tablename = 'tokens'") > 0
                        && number(stack, "select count(*) from tokens") > 0
                        && number(stack, "select min(position) from tokens")
                                >= number(stack, "select max(position) from events"));
    }

    /**
     * Until all is there.
     *
     * @param upTo what has to be copied, folded and past the automations
     * @param sealedUpTo what has to be sealed: that is done once a minute
     */
    private void awaitViews(StackUnderTest stack, long upTo, long sealedUpTo) throws Exception {
        ProjectionsApi api = new ProjectionsApi(stack.run());
        long[] told = {System.nanoTime()};
        Patience.mustCome("all to be sealed, copied and folded", MOST_CATCHING_UP, () -> {
            stack.mustRun();
            long sealed = number(stack, "select coalesce(max(size), 0) from log_checkpoints");
            long copied = api.copy().required("copied").asLong();
            long folded = api.reached();
            long handled = number(stack, "select coalesce(min(position), 0) from tokens");
            if (System.nanoTime() - told[0] > TELL_EVERY_NANOS) {
                told[0] = System.nanoTime();
                progress.tell("Of %,d events %,d are sealed, %,d copied, %,d folded by all views"
                        .formatted(upTo, sealed, copied, folded));
            }
            return sealed >= sealedUpTo && Math.min(copied, Math.min(folded, handled)) >= upTo;
        });
    }

    private static long number(StackUnderTest stack, String query) throws SQLException {
        try (Connection connection = StoredAlarms.connect(stack.run());
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
