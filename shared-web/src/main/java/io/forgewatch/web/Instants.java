package io.forgewatch.web;

import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JacksonModule;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdSerializer;

/** Instants in answers: ISO-8601, UTC, always three digits of milliseconds, so that they sort as text. */
final class Instants extends StdSerializer<Instant> {

    private static final DateTimeFormatter FORM =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

    private Instants() {
        super(Instant.class);
    }

    static JacksonModule module() {
        return new SimpleModule("forgewatch-instants").addSerializer(Instant.class, new Instants());
    }

    @Override
    public void serialize(Instant instant, JsonGenerator json, SerializationContext context) {
        json.writeString(FORM.format(instant));
    }
}
