package io.forgewatch.stack;

import java.util.Arrays;
import java.util.stream.Collectors;

/** What {@code ./forgewatch help} prints. */
final class Help {

    static final String TEXT = """
            Forgewatch on one machine.

              ./forgewatch run [flags]     start PostgreSQL, Kafka, the document store and both sides; play the demonstration
              ./forgewatch test            every test there is, from nothing
              ./forgewatch bench [GROUP]   the benchmarks, those of one group, or one (main.ingest-rate); ends with 1 when a goal is missed
                                           --record writes all figures to docs/performance.md
              ./forgewatch trial [NAME]    take something away from a stack of its own for minutes, and see that what must hold does;
                                           without a name: which trials there are, and their settings. Ends with 1 when one fails
              ./forgewatch verify [flags]  check the store against its last shipped checkpoint, or one exported event:
                                           --event <file> takes what GET /audit/proofs/{position} answered, as it is;
                                           the shell script's help lists all flags
              ./forgewatch openapi         write the published contracts to openapi/
              ./forgewatch rebuild NAME    build a view (or all) of the running stack anew from the events, and show how far it is
              ./forgewatch help            this page

            Flags of run:
              --fresh                      delete what is kept and start from nothing
              --no-demo                    without the demonstration country (FORGEWATCH_DEMO=false)
              --sides <1|2>                instances of each side: two run in processes of their own, each with its log and its
                                           port (ten above the first's, or any); run.json names them. One that ends by itself is
                                           told of and not started again; all end with the run
              --home <folder>              where everything is kept, .forgewatch unless told (FORGEWATCH_HOME)
            %s
            FORGEWATCH_MONGODB_URI names a real MongoDB to use in place of the embedded document store.
            """.formatted(
                    Arrays.stream(StackPort.values()).map(Help::line).collect(Collectors.joining("\n", "", "\n")));

    private Help() {}

    private static String line(StackPort port) {
        return "  %-28s port of %s, %d unless told (%s)"
                .formatted(port.flag() + " <port>", port.whose(), port.usual(), port.variable());
    }
}
