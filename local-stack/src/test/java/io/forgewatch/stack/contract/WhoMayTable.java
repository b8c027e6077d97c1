package io.forgewatch.stack.contract;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * {@code who-may.csv}: an operation a row, a tier a column, as somebody wrote it who knows who may.
 *
 * @param tiers the columns' names
 * @param rows the cells by the operation's name
 */
record WhoMayTable(List<String> tiers, Map<String, List<String>> rows) {

    static WhoMayTable kept() {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(WhoMayTable.class.getResourceAsStream("who-may.csv"), "who-may.csv"),
                StandardCharsets.UTF_8))) {
            List<List<String>> cells = lines.lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(line -> Arrays.stream(line.split(",", -1))
                            .map(String::strip)
                            .toList())
                    .toList();
            Map<String, List<String>> rows = new LinkedHashMap<>();
            cells.stream().skip(1).forEach(row -> {
                if (rows.put(row.getFirst(), row.subList(1, row.size())) != null) {
                    throw new IllegalStateException("who-may.csv has two rows of " + row.getFirst());
                }
            });
            return new WhoMayTable(cells.getFirst().subList(1, cells.getFirst().size()), rows);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** As a row is written. */
    static String row(String operation, List<String> cells) {
        return operation + ", " + String.join(", ", cells);
    }

    /** The rows as they are written. */
    List<String> written() {
        return rows.entrySet().stream()
                .map(row -> row(row.getKey(), row.getValue()))
                .toList();
    }
}
