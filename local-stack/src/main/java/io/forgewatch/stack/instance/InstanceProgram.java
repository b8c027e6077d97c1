package io.forgewatch.stack.instance;

import io.forgewatch.command.CommandSide;
import io.forgewatch.query.QuerySide;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sun.misc.Signal;
import sun.misc.SignalHandler;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the process of one instance runs: a side, with the properties that come as one line of JSON on its standard input. They
 * hold keys, and so are neither arguments nor environment, which others can read. When the side is up it prints {@link #READY}.
 *
 * <p>It ends in order at SIGTERM, and at once when its input ends: then whoever started it is gone, and with it Kafka and the
 * document store.
 */
public final class InstanceProgram {

    static final String READY = "ready";
    static final String COMMAND = "command";
    static final String QUERY = "query";

    private static final Logger LOG = LoggerFactory.getLogger(InstanceProgram.class);

    private InstanceProgram() {}

    /** Takes {@code command} or {@code query}. */
    public static void main(String[] arguments) throws IOException {
        // Ctrl-C reaches every process of a terminal. Whoever started this one stops it in its turn: after the
        // readings.
        Signal.handle(new Signal("INT"), SignalHandler.SIG_IGN);
        System.setProperty("org.springframework.boot.logging.LoggingSystem", "none");
        BufferedReader parent = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        Map<String, Object> properties =
                new JsonMapper().readValue(parent.readLine(), new TypeReference<Map<String, Object>>() {});
        Thread.ofPlatform().daemon().name("parent").start(() -> endWith(parent));
        AutoCloseable side = start(arguments[0], properties);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(side), "instance-stop"));
        System.out.println(READY);
        System.out.flush();
    }

    private static AutoCloseable start(String side, Map<String, Object> properties) {
        return switch (side) {
            case COMMAND -> CommandSide.start(properties);
            case QUERY -> QuerySide.start(properties);
            default -> throw new IllegalArgumentException("There is no side '" + side + "'");
        };
    }

    private static void endWith(BufferedReader parent) {
        try {
            String line = parent.readLine();
            while (line != null) {
                line = parent.readLine();
            }
        } catch (IOException broken) {
            LOG.warn("The input is broken", broken);
        }
        LOG.warn("Whoever started this instance is gone: it ends");
        Runtime.getRuntime().halt(1);
    }

    private static void stop(AutoCloseable side) {
        try {
            side.close();
        } catch (Exception failed) {
            LOG.warn("The instance did not stop as it should", failed);
        }
    }
}
