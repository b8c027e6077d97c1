package io.forgewatch.stack.instance;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The JVM that an instance gets: that of this process, on its class path and so with its cache of linked classes, with a small
 * heap of its own.
 *
 * @param options of the JVM, without class path and program
 */
public record InstanceJvm(List<String> options) {

    /** Enough for one of two on one machine. */
    public static final String USUAL_HEAP = "1g";

    public InstanceJvm {
        options = List.copyOf(options);
    }

    /**
     * With the options of this JVM but for its heap and what debuggers and agents have added.
     *
     * @param heap the largest, such as {@code 1g}
     */
    public static InstanceJvm likeThis(String heap) {
        Stream<String> own = ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(option -> !option.startsWith("-Xm")
                        && !option.startsWith("-agentlib")
                        && !option.startsWith("-javaagent")
                        && !option.startsWith("-XX:AOTCacheOutput")
                        // Each writes its own log.
                        && !option.startsWith("-Dforgewatch.log="));
        return new InstanceJvm(
                Stream.concat(own, Stream.of("-Xms96m", "-Xmx" + heap)).toList());
    }

    /** With a further option, which is stronger than those before. */
    public InstanceJvm with(String option) {
        return new InstanceJvm(
                Stream.concat(options.stream(), Stream.of(option)).toList());
    }

    ProcessBuilder running(Path log, Class<?> program, String argument) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.add("-Dlogback.configurationFile=logback.xml");
        command.add("-Dforgewatch.log=" + log);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName(), argument));
        return new ProcessBuilder(command);
    }
}
