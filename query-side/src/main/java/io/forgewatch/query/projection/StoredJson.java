package io.forgewatch.query.projection;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import org.bson.Document;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdSerializer;

/** How a document's content is kept: the record's fields, instants as ISO-8601 text in UTC with milliseconds. */
public final class StoredJson {

    private static final DateTimeFormatter MILLIS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);
    private static final TypeReference<Map<String, Object>> FIELDS = new TypeReference<>() {};
    /** Documents of the version before have no fields that came with this one: numbers are 0 then, objects null. */
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .addModule(instants())
            .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();

    private StoredJson() {}

    /** Writes instants as ISO-8601 in UTC with milliseconds. */
    private static SimpleModule instants() {
        return new SimpleModule("instants with milliseconds").addSerializer(new Instants());
    }

    public static Document write(Object content) {
        return new Document(MAPPER.convertValue(content, FIELDS));
    }

    public static <T> T read(Map<String, Object> document, Class<T> type) {
        return MAPPER.convertValue(document, type);
    }

    private static final class Instants extends StdSerializer<Instant> {

        Instants() {
            super(Instant.class);
        }

        @Override
        public void serialize(Instant value, JsonGenerator json, SerializationContext context) {
            json.writeString(MILLIS.format(value));
        }
    }
}
