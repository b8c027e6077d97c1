package io.forgewatch.event.telemetry;

import java.util.Locale;

/** Why one reading of a frame is not taken, while the rest of the frame is. Stored by its order: new ones go to the end. */
public enum RefusalCode {
    UNKNOWN_DEVICE("No device of this id is registered. 设备未登记。"),
    FOREIGN_DEVICE("The device belongs to another enterprise than the gateway. 设备不属于本企业。"),
    UNKNOWN_INDICATOR("The device has no monitoring point of this indicator. 该设备没有此监测点。"),
    NOT_A_NUMBER("The value is not a finite number. 数值无效。"),
    INCOMPLETE("A reading needs device, indicator, at (epoch milliseconds) and value. 读数不完整。"),
    TIME_IN_FUTURE("The time is more than 5 minutes ahead. 时间超前 5 分钟以上。"),
    TIME_TOO_OLD("The time is more than 400 days back. 时间早于 400 天前。");

    private static final RefusalCode[] ALL = values();

    private final String detail;
    private final String wire;

    RefusalCode(String detail) {
        this.detail = detail;
        this.wire = name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** As answers tell it, such as {@code unknown-device}. */
    public String wire() {
        return wire;
    }

    /** For people. The same for every reading, so that a repeated answer is the first answer to the byte. */
    public String detail() {
        return detail;
    }

    static RefusalCode at(int ordinal) {
        if (ordinal >= ALL.length) {
            throw new FrameFormatException("No refusal has number " + ordinal);
        }
        return ALL[ordinal];
    }
}
