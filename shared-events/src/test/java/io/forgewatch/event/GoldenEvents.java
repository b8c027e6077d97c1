package io.forgewatch.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;

/** For tests: payloads as they were stored once, kept for good. */
public final class GoldenEvents {

    private GoldenEvents() {}

    /** @param name of the file without its ending, as in {@code WarningIssued@1} */
    public static byte[] stored(String name) throws IOException {
        try (InputStream file = GoldenEvents.class.getResourceAsStream("golden/" + name + ".json")) {
            assertThat(file)
                    .as("a stored payload in src/test/resources/io/forgewatch/event/golden/%s.json", name)
                    .isNotNull();
            return file.readAllBytes();
        }
    }
}
