package io.forgewatch.command.eventstore;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import tools.jackson.databind.DefaultTyping;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.jsontype.BasicPolymorphicTypeValidator;
import tools.jackson.databind.jsontype.impl.DefaultTypeResolverBuilder;

/**
 * States as JSON. Class names may stand in it where a field's type is sealed: a snapshot is read by the code that wrote it, or
 * not at all.
 */
final class SnapshotJson {

    private static final String OURS = "io.forgewatch.";
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .changeDefaultVisibility(visibility -> visibility
                    .withGetterVisibility(Visibility.NONE)
                    .withIsGetterVisibility(Visibility.NONE)
                    .withFieldVisibility(Visibility.ANY))
            .disable(DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS)
            .setDefaultTyping(new SealedTypes())
            .build();

    private SnapshotJson() {}

    static byte[] write(Object state) {
        return MAPPER.writeValueAsBytes(state);
    }

    /** @throws tools.jackson.core.JacksonException when the bytes are no such state */
    static <S> S read(byte[] json, Class<S> type) {
        return MAPPER.readValue(json, type);
    }

    /** Names the record in the place of a sealed interface, and nowhere else. */
    private static final class SealedTypes extends DefaultTypeResolverBuilder {

        private static final long serialVersionUID = 1L;

        SealedTypes() {
            super(
                    BasicPolymorphicTypeValidator.builder().allowIfSubType(OURS).build(),
                    DefaultTyping.NON_FINAL,
                    JsonTypeInfo.As.WRAPPER_ARRAY);
        }

        @Override
        public boolean useForType(JavaType type) {
            return type.getRawClass().isSealed() && type.getRawClass().getName().startsWith(OURS);
        }
    }
}
