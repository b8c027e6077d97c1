package io.forgewatch.command.gateway;

import io.forgewatch.command.telemetry.Gateway;
import io.forgewatch.command.telemetry.PlantDirectory;
import io.forgewatch.event.telemetry.Frame;
import io.forgewatch.event.telemetry.FrameWriter;
import io.forgewatch.web.Problem;
import io.forgewatch.web.Utf8Json;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads a frame's JSON straight into the columns of a {@link FrameWriter}, without a tree and without a String for a device or
 * an indicator. Unknown fields are skipped, a known field that is there twice refuses the frame.
 */
final class FrameReader {

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(16)
                    .maxNumberLength(400)
                    .maxNameLength(200)
                    .build())
            .build();

    private static final Pattern OURS =
            Pattern.compile("/(sequence|readings(/[0-9]{1,4}(/(device|indicator|at|value))?)?)");

    private final PlantDirectory directory;

    FrameReader(PlantDirectory directory) {
        this.directory = directory;
    }

    /**
     * A frame's content.
     *
     * @param sequence from 0
     * @param columns its readings, and those refused
     */
    record Content(long sequence, FrameWriter columns, ReadingTimes times) {}

    /**
     * Reads a body.
     *
     * @param offset of the gateway's clock
     * @param arrivedAt epoch milliseconds
     * @throws Problem 400 {@code malformed-json} or {@code invalid-frame}, 413 {@code too-many-readings}
     */
    Content read(byte[] body, Gateway gateway, ClockOffset offset, long arrivedAt) {
        if (Utf8Json.isOther(body)) {
            throw malformed("0", List.of());
        }
        DoorQuality quality = new DoorQuality(arrivedAt, offset, gateway.codes());
        ReadingReader readings = new ReadingReader(directory, gateway.enterpriseId(), arrivedAt, quality);
        try (JsonParser in = JSON.createParser(ObjectReadContext.empty(), body)) {
            return located(in, readings);
        } catch (JacksonException e) {
            throw malformed(e, List.of());
        }
    }

    /** While the parser is there to say where it stands. */
    private static Content located(JsonParser in, ReadingReader readings) {
        try {
            return read(in, readings);
        } catch (StreamConstraintsException e) {
            throw invalid("#", "It nests too deeply, or has a number or a name that is too long. 结构不符。");
        } catch (JacksonException e) {
            String place = in.streamReadContext().pathAsPointer().toString();
            // Of names that are not ours we repeat none.
            throw malformed(
                    e,
                    OURS.matcher(place).matches()
                            ? List.of(new Problem.Item(
                                    "#" + place, "malformed-json", "What stands here is not JSON. 此处不是有效的 JSON。"))
                            : List.of());
        }
    }

    private static Content read(JsonParser in, ReadingReader readings) {
        if (in.nextToken() != JsonToken.START_OBJECT) {
            if (in.currentToken() == null) {
                throw new Problem(400, "malformed-json", "The body is empty. 正文为空。");
            }
            throw invalid("#", "A frame is an object. 帧必须是对象。");
        }
        boolean hasSequence = false;
        boolean hasReadings = false;
        long sequence = 0;
        for (String name = in.nextName(); name != null; name = in.nextName()) {
            JsonToken value = in.nextToken();
            switch (name) {
                case "sequence" -> {
                    once(hasSequence, "#/sequence");
                    hasSequence = true;
                    sequence = sequence(in, value);
                }
                case "readings" -> {
                    once(hasReadings, "#/readings");
                    hasReadings = true;
                    readings(in, value, readings);
                }
                default -> in.skipChildren();
            }
        }
        if (in.nextToken() != null) {
            throw new Problem(400, "malformed-json", "There is something after the frame. 帧后有多余内容。");
        }
        if (!hasSequence) {
            throw invalid("#/sequence", "The sequence is missing. 缺少序号。");
        }
        if (!hasReadings) {
            throw invalid("#/readings", "The readings are missing. 缺少读数。");
        }
        return new Content(sequence, readings.columns(), readings.times());
    }

    private static void once(boolean before, String pointer) {
        if (before) {
            throw invalid(pointer, "It is there twice. 字段重复。");
        }
    }

    private static long sequence(JsonParser in, JsonToken token) {
        if (token == JsonToken.VALUE_NUMBER_INT) {
            var value = in.getBigIntegerValue();
            if (value.signum() >= 0 && value.bitLength() < Long.SIZE) {
                return value.longValue();
            }
        }
        throw invalid("#/sequence", "The sequence is a whole number from 0 to 2^63-1. 序号应为 0 至 2^63-1 的整数。");
    }

    private static void readings(JsonParser in, JsonToken token, ReadingReader readings) {
        if (token != JsonToken.START_ARRAY) {
            throw invalid("#/readings", "The readings are an array. 读数必须是数组。");
        }
        int index = 0;
        while (in.nextToken() != JsonToken.END_ARRAY) {
            if (index == Frame.MAX_READINGS) {
                throw new Problem(413, "too-many-readings", "A frame has at most 2,000 readings. 每帧最多 2000 条读数。");
            }
            readings.read(in, index++);
        }
    }

    static Problem invalid(String pointer, String detail) {
        return new Problem(
                400, "invalid-frame", detail, List.of(new Problem.Item(pointer, "invalid-frame", detail)), Map.of());
    }

    /** Says where, and not what: the parser's own words can hold what the sender wrote. */
    private static Problem malformed(JacksonException e, List<Problem.Item> items) {
        var place = e.getLocation();
        return malformed(place == null ? "?" : Long.toString(place.getByteOffset()), items);
    }

    private static Problem malformed(String place, List<Problem.Item> items) {
        return new Problem(
                400,
                "malformed-json",
                "The body is not JSON in UTF-8, at byte " + place + ". 正文不是有效的 UTF-8 JSON。",
                items,
                Map.of());
    }
}
