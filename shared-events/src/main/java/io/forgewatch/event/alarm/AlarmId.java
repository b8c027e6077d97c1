package io.forgewatch.event.alarm;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.forgewatch.event.IdForm;
import io.forgewatch.event.SubjectId;
import io.forgewatch.event.enterprise.EnterpriseId;
import io.forgewatch.event.equipment.DeviceId;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Identifies an alarm 报警 for ever by what it is of and when it began (dossier §3): {@code
 * <subject>.<indicator or _>.<direction>.<onset>}, as in {@code GT3702110001010001.BF_CW_P.LOW.1732440000100} or {@code
 * GT3702110001-G1._.OFFLINE.1732440000100}. All but the onset names the point and direction, of which at most one alarm is
 * open. There is one text of each id: numbers have no leading zeros.
 *
 * @param subject what it is of: a device {@code (GT|LJ)} and 16 digits, an enterprise {@code (GT|LJ)} and 10 digits, or of an
 *     enterprise its gateway {@code -G<n>}, its camera {@code -C<n>} or its area {@code -Z<code>}. Stored as {@code deviceId},
 *     which it was when alarms were of devices only
 * @param indicator of the point, the name of a verdict, or {@value #NONE}
 * @param onset epoch milliseconds: of the first reading beyond the limit, or since when it is so
 */
public record AlarmId(@JsonProperty("deviceId") String subject, String indicator, Direction direction, long onset)
        implements SubjectId {

    /** Where there is no indicator: the subject as a whole is meant. */
    public static final String NONE = "_";

    /** 失明运行: nobody sees what runs; of severity A. */
    public static final String RUNNING_BLIND = "RUNNING_BLIND";

    private static final String SUBJECT = DeviceId.PATTERN + "|" + EnterpriseId.PATTERN + "(?:-[GC][1-9]\\d{0,8}|-Z[A-Z0-9-]{1,20})?";
    private static final Pattern SUBJECT_FORM = Pattern.compile(SUBJECT);

    public static final IdForm<AlarmId> FORM = new IdForm<>(
            AlarmId.class,
            "(" + SUBJECT + ")\\.([A-Z0-9_]{1,40})\\.(LOW|HIGH|STATE|QUALITY|OFFLINE|AREA)\\.(0|[1-9]\\d{0,14})",
            "GT3702110001010001.BF_CW_P.LOW.1732440000100",
            parts -> new AlarmId(
                    parts.group(1),
                    parts.group(2),
                    Direction.valueOf(parts.group(3)),
                    Long.parseLong(parts.group(4))));

    @Override
    public String toString() {
        return point() + "." + onset;
    }

    /** All but the onset: the key of "one open alarm a point and direction". */
    public String point() {
        return subject + "." + indicator + "." + direction;
    }

    /**
     * Whether alarms of it are of data only: QUALITY and OFFLINE, but for {@value #RUNNING_BLIND}. They are neither scored nor counted
     * (dossier §3).
     */
    public boolean ofDataOnly() {
        return switch (direction) {
            case QUALITY, OFFLINE -> !indicator.equals(RUNNING_BLIND);
            case LOW, HIGH, STATE, AREA -> false;
        };
    }

    /** The enterprise that it belongs to: every subject's id begins with it. */
    @Override
    public EnterpriseId enterprise() {
        return EnterpriseId.of(subject);
    }

    /** The device that it is of, empty where the subject is none. */
    public Optional<String> device() {
        return DeviceId.FORM.isOne(subject) ? Optional.of(subject) : Optional.empty();
    }

    /** Whether alarms can be of it. */
    public static boolean isSubject(String value) {
        return SUBJECT_FORM.matcher(value).matches();
    }
}
