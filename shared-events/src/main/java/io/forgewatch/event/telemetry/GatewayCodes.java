package io.forgewatch.event.telemetry;

import io.forgewatch.event.equipment.MonitoringPoint;
import java.util.Comparator;
import java.util.List;

/**
 * Which readings of a gateway are codes and no values (dossier §2): a status, quality 8. A number counts as a code only for
 * points of which it can't be a value, whoever set it: a code that ate a value beyond a limit would silence it.
 *
 * @param codeValues in the order of their numbers
 * @param exceptIndicators indicators whose readings are values whatever they are (7,777 mm is a length), in alphabetical order
 */
public record GatewayCodes(List<CodeValue> codeValues, List<String> exceptIndicators) {

    /** As long as the works has said nothing else: 7777 通道备用 and 9988 故障 (S3). */
    public static final GatewayCodes STANDARD = new GatewayCodes(
            List.of(new CodeValue(7777, CodeMeaning.SPARE), new CodeValue(9988, CodeMeaning.FAULT)), List.of());

    public GatewayCodes {
        codeValues = codeValues.stream()
                .sorted(Comparator.comparingDouble(CodeValue::value))
                .toList();
        exceptIndicators = exceptIndicators.stream().sorted().toList();
    }

    /** Whether a reading of a point is a code. */
    public boolean isCode(double value, MonitoringPoint point) {
        return names(value)
                && !exceptIndicators.contains(point.indicator())
                && !PointExtent.of(point).holds(value);
    }

    private boolean names(double value) {
        // By index: this is asked of every reading.
        for (int i = 0; i < codeValues.size(); i++) {
            if (codeValues.get(i).value() == value) {
                return true;
            }
        }
        return false;
    }
}
