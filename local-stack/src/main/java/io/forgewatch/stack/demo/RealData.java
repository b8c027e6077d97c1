package io.forgewatch.stack.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The folder of real sensor data beside the project, if it is there; it is read, never copied. */
final class RealData {

    private final Path folder;

    private RealData(Path folder) {
        this.folder = folder;
    }

    /** Looks where FORGEWATCH_SHARED says, else for a folder {@code shared/data} beside this one or any folder above it. */
    static Optional<RealData> find(Path start, Optional<String> told) {
        Stream<Path> candidates = told.map(Path::of)
                .map(Stream::of)
                .orElseGet(() -> Stream.iterate(
                                start.toAbsolutePath().normalize(), folder -> folder != null, Path::getParent)
                        .map(folder -> folder.resolve("shared")));
        return candidates
                .map(shared -> shared.resolve("data"))
                .filter(data -> Files.isDirectory(data.resolve("nab")))
                .findFirst()
                .map(RealData::new);
    }

    /** A column of a file with a heading, from one data row (the first is 0) to another, both included. */
    List<Double> column(String file, String separator, int column, int firstRow, int lastRow) throws IOException {
        try (Stream<String> lines = Files.lines(folder.resolve(file))) {
            return lines.skip(1L + firstRow)
                    .limit(1L + lastRow - firstRow)
                    .map(line ->
                            Double.valueOf(Arrays.asList(line.split(separator)).get(column)))
                    .toList();
        }
    }

    @Override
    public String toString() {
        return folder.toString();
    }
}
