package io.forgewatch.event.equipment;

/** How grave an alarm of a point is (dossier §2). */
public enum Severity {
    /** 危急. */
    A,
    /** 重要. */
    B,
    /** 一般. */
    C
}
