package io.forgewatch.event.alarm;

import io.forgewatch.event.equipment.DeviceId;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Identifies an alarm by what it is of: device, indicator, direction and onset, as in {@code
 * GT370211000101 0001.BF_CW_P.LOW.1732440000100} (without the blank). The first three name the point and direction, of which
 * at most one alarm is open.
 *
 * @param onset epoch milliseconds of the first reading beyond the limit
 */
public record AlarmId(String deviceId, String indicator, Direction direction, long onset) {

    private static final Pattern FORM =
            Pattern.compile("(" + DeviceId.FORM + ")\\.([A-Z0-9_]{1,40})\\.(LOW|HIGH|STATE)\\.(\\d{1,15})");

    @Override
    public String toString() {
        return point() + "." + onset;
    }

    /** Device, indicator and direction: the key of "one open alarm a point and direction". */
    public String point() {
        return deviceId + "." + indicator + "." + direction;
    }

    public static boolean isOne(String value) {
        return FORM.matcher(value).matches();
    }

    /** @throws IllegalArgumentException when it has not the form of an alarm id */
    public static AlarmId parse(String value) {
        Matcher matcher = FORM.matcher(value);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("Not an alarm id: " + value);
        }
        return new AlarmId(
                matcher.group(1),
                matcher.group(2),
                Direction.valueOf(matcher.group(3)),
                Long.parseLong(matcher.group(4)));
    }
}
