package io.forgewatch.event.telemetry;

/**
 * A number that a gateway sends in place of a reading.
 *
 * @param value finite, exactly as it is sent, such as 7777 or −9999
 */
public record CodeValue(double value, CodeMeaning meaning) {

    public CodeValue {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("A code is a finite number, not " + value);
        }
    }
}
