package io.forgewatch.web;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JacksonModule;
import tools.jackson.databind.deser.jdk.NumberDeserializers.DoubleDeserializer;
import tools.jackson.databind.deser.jdk.StringDeserializer;
import tools.jackson.databind.module.SimpleModule;

/**
 * What stands in a request and in no type of Java as it stands there: half of a surrogate pair, which is no character and cannot be
 * encoded, and a number so large that it would become infinite.
 */
final class ExactValues {

    private ExactValues() {}

    static JacksonModule module() {
        return new SimpleModule("forgewatch-exact-values")
                .addDeserializer(String.class, new Text())
                .addDeserializer(Double.class, new Decimal(Double.class, null))
                .addDeserializer(double.class, new Decimal(double.class, 0.0));
    }

    private static final class Text extends StringDeserializer {

        @Override
        public @Nullable String deserialize(JsonParser json, DeserializationContext context) {
            String text = super.deserialize(json, context);
            if (text != null && text.codePoints().anyMatch(Text::isHalf)) {
                throw context.weirdStringException(text, String.class, "half of a surrogate pair");
            }
            return text;
        }

        private static boolean isHalf(int character) {
            return Character.getType(character) == Character.SURROGATE;
        }
    }

    private static final class Decimal extends DoubleDeserializer {

        private Decimal(Class<Double> type, @Nullable Double none) {
            super(type, none);
        }

        @Override
        public @Nullable Double deserialize(JsonParser json, DeserializationContext context) {
            Double number = super.deserialize(json, context);
            if (number != null && number.isInfinite()) {
                throw context.weirdNumberException(number, Double.class, "infinite");
            }
            return number;
        }
    }
}
