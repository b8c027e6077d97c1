package io.forgewatch.stack;

import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How the stack is to run.
 *
 * @param home the folder {@code .forgewatch}
 * @param programs where PostgreSQL is unpacked; no data, so it outlives {@code fresh}
 * @param fresh whether everything kept is deleted first
 * @param demonstration whether the demonstration country is loaded and played
 * @param mongodbUri a real server to use in place of the embedded document store
 * @param sides how many instances of each side: one in this process, or each of two in a process of its own
 */
public record StackOptions(
        Path home,
        Path programs,
        Map<StackPort, Integer> ports,
        boolean fresh,
        boolean demonstration,
        Optional<String> mongodbUri,
        int sides) {

    private static final int MOST_SIDES = 2;
    private static final String HOME = "FORGEWATCH_HOME";

    public StackOptions {
        ports = Map.copyOf(ports);
    }

    /** One instance of each side. */
    public StackOptions(
            Path home,
            Path programs,
            Map<StackPort, Integer> ports,
            boolean fresh,
            boolean demonstration,
            Optional<String> mongodbUri) {
        this(home, programs, ports, fresh, demonstration, mongodbUri, 1);
    }

    /** As they are, with so many instances of each side. */
    public StackOptions with(int instances) {
        return new StackOptions(home, programs, ports, fresh, demonstration, mongodbUri, instances);
    }

    public int port(StackPort port) {
        Integer number = ports.get(port);
        return number == null ? port.usual() : number;
    }

    /**
     * Reads flags, which are stronger than the environment, which is stronger than what is usual.
     *
     * @throws UsageException for what is no flag of {@code run}, a value that a flag does not take, and what is not a port
     */
    public static StackOptions parse(List<String> arguments, Map<String, String> environment) {
        Flags flags = Flags.parse("run", 0, arguments);
        Map<StackPort, Integer> ports = new EnumMap<>(StackPort.class);
        for (StackPort port : StackPort.values()) {
            ports.put(port, port(port, flags, environment));
        }
        Path home = home(flags, environment);
        return new StackOptions(
                home,
                home.resolve("postgres-18.4"),
                ports,
                flags.has("--fresh"),
                !flags.has("--no-demo") && !"false".equals(environment.get("FORGEWATCH_DEMO")),
                set(environment, "FORGEWATCH_MONGODB_URI"),
                flags.value("--sides").map(StackOptions::sides).orElse(1));
    }

    private static Path home(Flags flags, Map<String, String> environment) {
        return Path.of(flags.value("--home").or(() -> set(environment, HOME)).orElse(".forgewatch"))
                .toAbsolutePath()
                .normalize();
    }

    private static Optional<String> set(Map<String, String> environment, String variable) {
        return Optional.ofNullable(environment.get(variable)).filter(value -> !value.isBlank());
    }

    private static int port(StackPort port, Flags flags, Map<String, String> environment) {
        return flags.value(port.flag())
                .map(value -> number(port.flag(), value))
                .or(() -> set(environment, port.variable()).map(value -> number(port.variable(), value)))
                .orElseGet(port::usual);
    }

    private static int sides(String value) {
        if (!value.strip().matches("[1-" + MOST_SIDES + "]")) {
            throw new UsageException("--sides must be 1 or " + MOST_SIDES + ", not '" + value + "'.");
        }
        return Integer.parseInt(value.strip());
    }

    private static int number(String name, String value) {
        try {
            int port = Integer.parseInt(value.strip());
            if (port > 0 && port < 65536) {
                return port;
            }
        } catch (NumberFormatException none) {
            throw notAPort(name, value);
        }
        throw notAPort(name, value);
    }

    private static UsageException notAPort(String name, String value) {
        return new UsageException(name + " must be a port from 1 to 65535, not '" + value + "'.");
    }
}
