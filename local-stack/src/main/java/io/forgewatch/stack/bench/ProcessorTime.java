package io.forgewatch.stack.bench;

import io.forgewatch.stack.StackException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What processes and all that they began have taken of the processor by now, in user and system mode, by what Linux says. A child
 * that has ended counts with its parent, so that the sum never falls back.
 */
final class ProcessorTime {

    /** Linux tells times to programs in hundredths, whatever its own clock is. */
    private static final double TICKS_A_SECOND = 100;

    /** Behind the name of the program in its brackets: state, and the times of {@code proc(5)} as fields 14 to 17. */
    private static final int USER_TIME = 11;

    private static final int PARENT = 1;

    private ProcessorTime() {}

    /**
     * Seconds of these processes and of all their descendants.
     *
     * @throws StackException when one of them has ended, or where the system is not Linux
     */
    static double seconds(Collection<Long> roots) throws IOException {
        if (!Files.exists(stat(ProcessHandle.current().pid()))) {
            throw new StackException("Processor time is told by /proc, which only Linux has");
        }
        Set<Long> all = new HashSet<>();
        for (long root : roots) {
            ProcessHandle process =
                    ProcessHandle.of(root).orElseThrow(() -> new StackException("Process " + root + " has ended"));
            all.add(root);
            try (Stream<ProcessHandle> descendants = process.descendants()) {
                descendants.forEach(descendant -> all.add(descendant.pid()));
            }
        }
        long ticks = 0;
        for (long process : all) {
            ticks += ticks(process);
        }
        return ticks / TICKS_A_SECOND;
    }

    /** The process that began this one. */
    static long parentOf(long pid) throws IOException {
        return Long.parseLong(fields(Files.readString(stat(pid)))[PARENT]);
    }

    private static long ticks(long pid) throws IOException {
        try {
            return ticks(Files.readString(stat(pid), StandardCharsets.ISO_8859_1));
        } catch (NoSuchFileException ended) {
            // Between two looks: its parent has its times now.
            return 0;
        }
    }

    /** User and system time of a process, and of its children that have ended, of a line of {@code /proc/<pid>/stat}. */
    static long ticks(String stat) {
        String[] fields = fields(stat);
        long sum = 0;
        for (int i = USER_TIME; i < USER_TIME + 4; i++) {
            sum += Long.parseLong(fields[i]);
        }
        return sum;
    }

    /** A program may have brackets and spaces in its name. */
    private static String[] fields(String stat) {
        return stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    }

    private static Path stat(long pid) {
        return Path.of("/proc", String.valueOf(pid), "stat");
    }
}
