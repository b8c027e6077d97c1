package io.forgewatch.contract;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** The data of server-sent events (HTML, 9.2.6), from bytes that end anywhere. Ours have their data in one line. */
final class EventData {

    private static final String DATA = "data:";

    private final Consumer<byte[]> told;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    EventData(Consumer<byte[]> told) {
        this.told = told;
    }

    void add(byte[] bytes) {
        for (byte one : bytes) {
            if (one == '\n') {
                end();
            } else {
                line.write(one);
            }
        }
    }

    private void end() {
        String text = line.toString(StandardCharsets.UTF_8);
        line.reset();
        if (text.startsWith(DATA)) {
            told.accept(text.substring(DATA.length()).strip().getBytes(StandardCharsets.UTF_8));
        }
    }
}
