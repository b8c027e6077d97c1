package io.forgewatch.stack.contract;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * {@code refusals.txt}: what each operation answers to what is wrong. A line is a place and one answer to it, with all that is
 * answered so.
 */
final class RecordedRefusals {

    private static final String NAME = "refusals.txt";
    private static final String HEAD = """
            # What each operation answers to one thing that is wrong: place, then status, code and pointers, then what was wrong there.
            # "taken" is a 2xx or a 409: nothing was found wrong with the input. Written by RefusalsTest (see there); read the difference.
            """;

    private final Map<String, List<String>> answers = new LinkedHashMap<>();

    void add(Operation operation, BadInput bad, String answer) {
        String line = operation.name() + "\n    " + bad.place() + " | " + answer;
        answers.computeIfAbsent(line, first -> new ArrayList<>()).add(bad.wrong());
    }

    /** One line for each answer of an operation in a place, below the operation. */
    String written() {
        StringBuilder text = new StringBuilder(HEAD);
        String last = "";
        for (Map.Entry<String, List<String>> one : answers.entrySet()) {
            String[] parts = one.getKey().split("\n", 2);
            if (!parts[0].equals(last)) {
                last = parts[0];
                text.append('\n').append(last).append('\n');
            }
            text.append(parts[1])
                    .append(" | ")
                    .append(String.join(", ", one.getValue()))
                    .append('\n');
        }
        return text.toString();
    }

    /** What is kept and not answered any more, and what is answered and not kept, each with its operation. */
    static List<String> difference(String kept, String answered) {
        List<String> before = whole(kept);
        List<String> now = whole(answered);
        return Stream.concat(
                        before.stream().filter(line -> !now.contains(line)).map("- "::concat),
                        now.stream().filter(line -> !before.contains(line)).map("+ "::concat))
                .toList();
    }

    private static List<String> whole(String text) {
        List<String> lines = new ArrayList<>();
        String operation = "";
        for (String line : text.lines().filter(one -> !one.startsWith("#")).toList()) {
            operation = line.startsWith(" ") ? operation : line;
            lines.add(line.startsWith(" ") ? operation + line : line);
        }
        return lines;
    }

    static String kept() throws IOException {
        try (InputStream in = RecordedRefusals.class.getResourceAsStream(NAME)) {
            return in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** Takes the place of what is kept. */
    static void keep(String text) throws IOException {
        Files.writeString(Path.of("src/test/resources/io/forgewatch/stack/contract", NAME), text);
    }
}
