package io.forgewatch.web;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JacksonModule;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdSerializer;

/** Instants in answers: ISO-8601, UTC, always three digits of milliseconds, so that they sort as text. */
final class Instants extends StdSerializer<Instant> {

    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");

    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999999Z");

    private static final DateTimeFormatter FORM =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

    private Instants() {
        super(Instant.class);
    }

    static JacksonModule module() {
        return new SimpleModule("forgewatch-instants")
                .addSerializer(Instant.class, new Instants())
                .addDeserializer(Instant.class, new Given());
    }

    /**
     * An instant as people and programs give it: ISO-8601 with its offset, of the years 1 to 9999 in UTC.
     *
     * @throws DateTimeException when it is none
     */
    static Instant parse(String given) {
        Instant time = OffsetDateTime.parse(given).toInstant();
        if (time.isBefore(FIRST) || time.isAfter(LAST)) {
            throw new DateTimeException("Not of the years 1 to 9999");
        }
        return time;
    }

    /** A number is none: nobody knows of what it counts. */
    private static final class Given extends StdDeserializer<Instant> {

        private Given() {
            super(Instant.class);
        }

        @Override
        public Instant deserialize(JsonParser json, DeserializationContext context) {
            if (json.currentToken() != JsonToken.VALUE_STRING) {
                return (Instant) context.handleUnexpectedToken(context.constructType(Instant.class), json);
            }
            try {
                return parse(json.getString().strip());
            } catch (DateTimeException none) {
                return (Instant) context.handleWeirdStringValue(Instant.class, json.getString(), "no instant");
            }
        }
    }

    @Override
    public void serialize(Instant instant, JsonGenerator json, SerializationContext context) {
        json.writeString(FORM.format(instant));
    }
}
