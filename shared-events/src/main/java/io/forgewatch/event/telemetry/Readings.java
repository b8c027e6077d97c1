package io.forgewatch.event.telemetry;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;

/**
 * Goes through the accepted readings of a {@link Frame}, in the order in which they were sent. After each {@link #next()} that
 * says true, the other methods tell of that reading; no object is made for it.
 *
 * <pre>{@code
 * Readings readings = frame.readings();
 * while (readings.next()) {
 *     use(readings.deviceId(), readings.indicator(), readings.at(), readings.value(), readings.quality());
 * }
 * }</pre>
 */
public final class Readings {

    private final String[] devices;
    private final String[] indicators;
    private final int size;
    private final ByteBuffer deviceColumn;
    private final ByteBuffer indicatorColumn;
    private final ByteBuffer atColumn;
    private final ByteBuffer qualityColumn;
    private final ByteBuffer valueColumn;

    private int read;
    private int device;
    private int indicator;
    private long at;
    private double value;
    private int quality;

    Readings(byte[] bytes, ByteBuffer in, int size, long arrivedAt, String[] devices, String[] indicators) {
        this.devices = devices;
        this.indicators = indicators;
        this.size = size;
        this.at = arrivedAt;
        int deviceLength = Frame.count(in, bytes.length);
        int indicatorLength = Frame.count(in, bytes.length);
        int atLength = Frame.count(in, bytes.length);
        int position = in.position();
        long end = (long) position + deviceLength + indicatorLength + atLength + size * 9L;
        if (end != bytes.length) {
            throw new FrameFormatException("The columns should end at " + end + ", the frame ends at " + bytes.length);
        }
        deviceColumn = ByteBuffer.wrap(bytes, position, deviceLength);
        indicatorColumn = ByteBuffer.wrap(bytes, position + deviceLength, indicatorLength);
        atColumn = ByteBuffer.wrap(bytes, position + deviceLength + indicatorLength, atLength);
        qualityColumn = ByteBuffer.wrap(bytes, bytes.length - size * 9, size);
        valueColumn = ByteBuffer.wrap(bytes, bytes.length - size * 8, size * 8);
    }

    /**
     * Goes on to the next reading.
     *
     * @return false when there is none
     * @throws FrameFormatException when the columns are broken
     */
    public boolean next() {
        if (read == size) {
            return false;
        }
        try {
            device = index(deviceColumn, devices);
            indicator = index(indicatorColumn, indicators);
            at += Varints.unzigzag(Varints.read(atColumn));
        } catch (BufferUnderflowException e) {
            throw new FrameFormatException("A column ends before reading " + read);
        }
        quality = qualityColumn.get();
        value = valueColumn.getDouble();
        read++;
        return true;
    }

    private static int index(ByteBuffer column, String[] dictionary) {
        long index = Varints.read(column);
        if (index < 0 || index >= dictionary.length) {
            throw new FrameFormatException("Name " + index + " is not among the " + dictionary.length);
        }
        return (int) index;
    }

    /** How many different devices the frame names; {@link #device()} is below it. */
    public int devices() {
        return devices.length;
    }

    /** A number of the frame's own for the reading's device, from 0 in order of appearance. */
    public int device() {
        return device;
    }

    /** The id behind a {@link #device()}. */
    public String deviceId(int device) {
        return devices[device];
    }

    public String deviceId() {
        return devices[device];
    }

    /** A number of the frame's own for the reading's indicator, from 0 in order of appearance. */
    public int indicatorIndex() {
        return indicator;
    }

    public String indicator() {
        return indicators[indicator];
    }

    /** When it was measured, by the device's clock, in epoch milliseconds. */
    public long at() {
        return at;
    }

    /** In the unit of the point. Never NaN or infinite when it came through the door. */
    public double value() {
        return value;
    }

    /** One of {@link Quality}, as the door could tell it without looking at earlier readings. */
    public int quality() {
        return quality;
    }
}
