package io.forgewatch.stack.bench;

import io.forgewatch.stack.StackOptions;
import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.OptionalLong;
import java.util.Properties;

/** A stack's folder with a history in it, kept from run to run; it says how far it has been prepared. */
final class PreparedFolder {

    /** How many events there were before the history. */
    static final String FOUNDED = "founded";

    /** How many there were at its end. */
    static final String FILLED = "filled";

    /** How many frames Kafka had when all was there. */
    static final String FRAMES = "frames";

    private final Path home;

    private PreparedFolder(Path home) {
        this.home = home;
    }

    /** That of a size, as it was left. */
    static PreparedFolder of(BehindSize size) throws IOException {
        Path home = StackOptions.parse(List.of(), System.getenv())
                .home()
                .resolve("bench")
                .resolve("start-behind-" + size.fingerprint());
        return at(home);
    }

    static PreparedFolder at(Path home) throws IOException {
        Files.createDirectories(home);
        return new PreparedFolder(home);
    }

    Path home() {
        return home;
    }

    /** The loader's file. */
    Path gateways() {
        return home.resolve("gateways.tsv");
    }

    /** Empty while it has not come so far. */
    OptionalLong mark(String name) throws IOException {
        String value = marks().getProperty(name);
        return value == null ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(value));
    }

    /** From now on it has come so far. */
    void mark(String name, long value) throws IOException {
        Properties marks = marks();
        marks.setProperty(name, String.valueOf(value));
        StringWriter text = new StringWriter();
        marks.store(text, "How far this folder has been prepared");
        Path part = home.resolve("prepared.part");
        Files.writeString(part, text.toString());
        Files.move(part, file(), StandardCopyOption.REPLACE_EXISTING);
    }

    private Properties marks() throws IOException {
        Properties marks = new Properties();
        if (Files.exists(file())) {
            try (Reader in = Files.newBufferedReader(file())) {
                marks.load(in);
            }
        }
        return marks;
    }

    private Path file() {
        return home.resolve("prepared.properties");
    }
}
