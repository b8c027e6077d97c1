package io.forgewatch.event.warning;

import io.forgewatch.event.risk.RiskLevel;

/**
 * What a segment of a warning demands 要求 of people: signature, answer and disposal anew (dossier §5 "Demands"). It contains the
 * older ones: what meets it meets them.
 *
 * @param number counts the warning's demands from 1; {@value #UNNUMBERED} in what was stored before segments said what they
 *     demand: there a segment is one where its level rose
 * @param level the highest among what it contains unverified: attachments and verification are of that level
 * @param deadlines counted from the moment of issue; what was owed before and falls due sooner stays due sooner. All lie ahead
 *     of that moment: what is over was missed and is not stated again
 */
public record Demand(int number, RiskLevel level, Deadlines deadlines) {

    public static final int UNNUMBERED = 0;

    /** As it is, or with that number where it has none. */
    Demand numbered(int other) {
        return number == UNNUMBERED ? new Demand(other, level, deadlines) : this;
    }
}
