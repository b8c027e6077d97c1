package io.forgewatch.stack.trial;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What a trial expected and what it saw. */
record TrialReport(List<Check> checks) {

    TrialReport {
        checks = List.copyOf(checks);
    }

    /**
     * One thing that must hold.
     *
     * @param expected what must hold
     * @param seen what was there
     */
    record Check(String expected, String seen, boolean held) {}

    /** Whether all of it held, and something was looked at. */
    boolean held() {
        return !checks.isEmpty() && checks.stream().allMatch(Check::held);
    }

    /** As people read it. */
    String text(String name) {
        String lines = checks.stream()
                .map(check -> (check.held() ? "  held    " : "  FAILED  ") + check.expected() + "\n          seen: "
                        + check.seen())
                .collect(Collectors.joining("\n"));
        return "\nTrial " + name + (held() ? ": held" : ": FAILED") + "\n" + lines + "\n";
    }

    /** Collects checks while a trial goes on. */
    static final class Notes {

        private final List<Check> checks = new ArrayList<>();

        void add(String expected, String seen, boolean held) {
            checks.add(new Check(expected, seen, held));
        }

        TrialReport report() {
            return new TrialReport(checks);
        }
    }
}
