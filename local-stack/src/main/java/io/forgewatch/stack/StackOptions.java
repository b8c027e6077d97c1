package io.forgewatch.stack;

import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Iterator;
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
     * @throws UsageException for what is not a flag, or not a port
     */
    public static StackOptions parse(List<String> arguments, Map<String, String> environment) {
        Path home = Path.of(environment.getOrDefault("FORGEWATCH_HOME", ".forgewatch"));
        boolean fresh = false;
        boolean demonstration = !"false".equals(environment.get("FORGEWATCH_DEMO"));
        int sides = 1;
        Map<StackPort, Integer> ports = new EnumMap<>(StackPort.class);
        for (StackPort port : StackPort.values()) {
            String value = environment.get(port.variable());
            ports.put(port, value == null || value.isBlank() ? port.usual() : number(port.variable(), value));
        }
        Iterator<String> rest = arguments.iterator();
        while (rest.hasNext()) {
            String argument = rest.next();
            String flag = argument.contains("=") ? argument.substring(0, argument.indexOf('=')) : argument;
            switch (flag) {
                case "--fresh" -> fresh = true;
                case "--no-demo" -> demonstration = false;
                case "--sides" -> sides = sides(value(argument, rest));
                case "--home" -> home = Path.of(value(argument, rest));
                default -> ports.put(portOf(flag), number(flag, value(argument, rest)));
            }
        }
        Path folder = home.toAbsolutePath().normalize();
        return new StackOptions(
                folder,
                folder.resolve("postgres-18.4"),
                ports,
                fresh,
                demonstration,
                Optional.ofNullable(environment.get("FORGEWATCH_MONGODB_URI")).filter(uri -> !uri.isBlank()),
                sides);
    }

    private static StackPort portOf(String flag) {
        for (StackPort port : StackPort.values()) {
            if (port.flag().equals(flag)) {
                return port;
            }
        }
        throw new UsageException("There is no flag " + flag + ". './forgewatch help' lists them.");
    }

    private static String value(String argument, Iterator<String> rest) {
        int equals = argument.indexOf('=');
        if (equals >= 0) {
            return argument.substring(equals + 1);
        }
        if (!rest.hasNext()) {
            throw new UsageException(argument + " needs a value, as in " + argument + " 8091.");
        }
        return rest.next();
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
