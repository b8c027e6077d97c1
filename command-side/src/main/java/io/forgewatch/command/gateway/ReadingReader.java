package io.forgewatch.command.gateway;

import io.forgewatch.command.telemetry.Device;
import io.forgewatch.command.telemetry.Names;
import io.forgewatch.command.telemetry.Plant;
import io.forgewatch.command.telemetry.PlantDirectory;
import io.forgewatch.event.equipment.MonitoringPoint;
import io.forgewatch.event.telemetry.FrameWriter;
import io.forgewatch.event.telemetry.RefusalCode;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Reads the readings of one frame, one after another; a bad one is noted and does not keep out the others. */
final class ReadingReader {

    private static final long MOST_AHEAD = Duration.ofMinutes(5).toMillis();
    private static final long MOST_BACK = Duration.ofDays(400).toMillis();
    private static final int LONGEST_INDICATOR = 40;
    private static final int LONGEST_DEVICE = 64;

    /** Device numbers beside those of the plant. */
    private static final int UNKNOWN = -1;

    private static final int FOREIGN = -2;

    private final PlantDirectory directory;
    private final @Nullable Plant plant;
    private final long arrivedAt;
    private final DoorQuality quality;
    private final FrameWriter columns;
    private final int[] deviceNumbers;
    private final Map<String, Integer> indicatorNumbers = new HashMap<>();
    /** The same by place, for each table of indicators that devices of the frame have. */
    private final Map<Names, int[]> placeNumbers = new IdentityHashMap<>();

    private boolean hasDevice;
    private int device;
    private boolean hasIndicator;
    private final char[] indicator = new char[LONGEST_INDICATOR];
    private int indicatorLength;
    private boolean hasAt;
    private boolean isTime;
    private long at;
    private boolean hasValue;
    private double value;
    private long newestAt = ReadingTimes.NONE;
    private long mostAhead;

    ReadingReader(PlantDirectory directory, String enterpriseId, long arrivedAt, DoorQuality quality) {
        this.directory = directory;
        this.plant = directory.plant(enterpriseId);
        this.arrivedAt = arrivedAt;
        this.quality = quality;
        this.columns = new FrameWriter(arrivedAt);
        this.deviceNumbers = new int[plant == null ? 0 : plant.size()];
        Arrays.fill(deviceNumbers, Names.NONE);
    }

    FrameWriter columns() {
        return columns;
    }

    ReadingTimes times() {
        return new ReadingTimes(newestAt, mostAhead);
    }

    /** Reads the value on which the parser stands. */
    void read(JsonParser in, int index) {
        if (in.currentToken() != JsonToken.START_OBJECT) {
            in.skipChildren();
            columns.refuse(index, RefusalCode.INCOMPLETE);
            return;
        }
        hasDevice = false;
        hasIndicator = false;
        hasAt = false;
        hasValue = false;
        for (String name = in.nextName(); name != null; name = in.nextName()) {
            JsonToken token = in.nextToken();
            switch (name) {
                case "device" -> {
                    once(hasDevice, index, name);
                    hasDevice = true;
                    readDevice(in, token);
                }
                case "indicator" -> {
                    once(hasIndicator, index, name);
                    hasIndicator = true;
                    readIndicator(in, token);
                }
                case "at" -> {
                    once(hasAt, index, name);
                    hasAt = true;
                    readTime(in, token);
                }
                case "value" -> {
                    once(hasValue, index, name);
                    hasValue = true;
                    readValue(in, token);
                }
                default -> in.skipChildren();
            }
        }
        take(index);
    }

    private static void once(boolean before, int index, String name) {
        if (before) {
            throw FrameReader.invalid("#/readings/" + index + "/" + name, "It is there twice. 字段重复。");
        }
    }

    private void readDevice(JsonParser in, JsonToken token) {
        device = UNKNOWN;
        if (token != JsonToken.VALUE_STRING) {
            in.skipChildren();
            return;
        }
        char[] buffer = in.getStringCharacters();
        int offset = in.getStringOffset();
        int length = in.getStringLength();
        int found = plant == null ? Names.NONE : plant.names().find(buffer, offset, length);
        if (found != Names.NONE) {
            device = found;
        } else if (length <= LONGEST_DEVICE && directory.device(new String(buffer, offset, length)) != null) {
            device = FOREIGN;
        }
    }

    /** Kept as characters: the device, which says what it means, can come after it. */
    private void readIndicator(JsonParser in, JsonToken token) {
        indicatorLength = 0;
        if (token != JsonToken.VALUE_STRING) {
            in.skipChildren();
            return;
        }
        int length = in.getStringLength();
        if (length <= LONGEST_INDICATOR) {
            System.arraycopy(in.getStringCharacters(), in.getStringOffset(), indicator, 0, length);
            indicatorLength = length;
        }
    }

    private void readTime(JsonParser in, JsonToken token) {
        isTime = false;
        if (token == JsonToken.VALUE_NUMBER_INT) {
            isTime = true;
            at = switch (in.getNumberType()) {
                case INT, LONG -> in.getLongValue();
                default -> in.getBigIntegerValue().signum() > 0 ? Long.MAX_VALUE : Long.MIN_VALUE;
            };
        } else if (token == JsonToken.VALUE_NUMBER_FLOAT) {
            double time = in.getDoubleValue();
            isTime = time == Math.rint(time) && Math.abs(time) < 1e15;
            at = (long) time;
        } else {
            in.skipChildren();
        }
    }

    private void readValue(JsonParser in, JsonToken token) {
        if (token == JsonToken.VALUE_NUMBER_FLOAT || token == JsonToken.VALUE_NUMBER_INT) {
            value = in.getDoubleValue();
        } else {
            in.skipChildren();
            value = Double.NaN;
        }
    }

    private void take(int index) {
        if (!hasDevice || !hasIndicator || !hasAt || !hasValue || !isTime) {
            columns.refuse(index, RefusalCode.INCOMPLETE);
            return;
        }
        if (device < 0 || plant == null) {
            columns.refuse(index, device == FOREIGN ? RefusalCode.FOREIGN_DEVICE : RefusalCode.UNKNOWN_DEVICE);
            return;
        }
        Device known = plant.device(device);
        int place = known.names().find(indicator, 0, indicatorLength);
        if (place == Names.NONE) {
            columns.refuse(index, RefusalCode.UNKNOWN_INDICATOR);
        } else if (!Double.isFinite(value)) {
            columns.refuse(index, RefusalCode.NOT_A_NUMBER);
        } else if (at > arrivedAt + MOST_AHEAD) {
            mostAhead = Math.max(mostAhead, at - arrivedAt);
            columns.refuse(index, RefusalCode.TIME_IN_FUTURE);
        } else if (at < arrivedAt - MOST_BACK) {
            columns.refuse(index, RefusalCode.TIME_TOO_OLD);
        } else {
            add(plant, known, place);
        }
    }

    private void add(Plant of, Device known, int place) {
        MonitoringPoint point = known.points().get(place);
        byte code = quality.of(point, known.possible(place), at, value);
        columns.add(deviceNumber(of), indicatorNumber(known, place, point), at, value, code);
        mostAhead = Math.max(mostAhead, at - arrivedAt);
        if (!point.manual()) {
            newestAt = Math.max(newestAt, at);
        }
    }

    private int deviceNumber(Plant of) {
        if (deviceNumbers[device] == Names.NONE) {
            deviceNumbers[device] = columns.device(of.names().utf8(device));
        }
        return deviceNumbers[device];
    }

    private int indicatorNumber(Device of, int place, MonitoringPoint point) {
        int[] numbers = placeNumbers.computeIfAbsent(of.names(), ReadingReader::unnumbered);
        if (numbers[place] == Names.NONE) {
            numbers[place] = indicatorNumbers.computeIfAbsent(
                    point.indicator(), name -> columns.indicator(of.names().utf8(place)));
        }
        return numbers[place];
    }

    private static int[] unnumbered(Names names) {
        int[] numbers = new int[names.size()];
        Arrays.fill(numbers, Names.NONE);
        return numbers;
    }
}
