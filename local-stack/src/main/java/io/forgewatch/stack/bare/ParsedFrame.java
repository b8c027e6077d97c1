package io.forgewatch.stack.bare;

import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * A frame's JSON, with every value read and nothing done with it.
 *
 * @param readings how many it has
 * @param sum of all values and times, so that nobody can leave out reading them
 */
record ParsedFrame(long sequence, int readings, double sum) {

    private static final JsonFactory JSON = new JsonFactory();

    /** @throws tools.jackson.core.JacksonException when it is no JSON */
    static ParsedFrame of(byte[] body) {
        long sequence = 0;
        int readings = 0;
        double sum = 0;
        try (JsonParser in = JSON.createParser(ObjectReadContext.empty(), body)) {
            for (JsonToken token = in.nextToken(); token != null; token = in.nextToken()) {
                if (token == JsonToken.VALUE_STRING) {
                    sum += in.getStringLength();
                } else if (token == JsonToken.VALUE_NUMBER_INT) {
                    long value = in.getLongValue();
                    sequence = "sequence".equals(in.currentName()) ? value : sequence;
                    sum += value;
                } else if (token == JsonToken.VALUE_NUMBER_FLOAT) {
                    sum += in.getDoubleValue();
                } else if (token == JsonToken.END_OBJECT) {
                    readings++;
                }
            }
        }
        // The frame itself is an object too.
        return new ParsedFrame(sequence, Math.max(0, readings - 1), sum);
    }
}
