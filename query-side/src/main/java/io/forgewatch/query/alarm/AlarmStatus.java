package io.forgewatch.query.alarm;

/** Where an alarm stands (dossier §3). */
public enum AlarmStatus {
    /** Beyond the limit, nobody has taken note. */
    ACTIVE,
    /** Beyond the limit, somebody has taken note. */
    ACKNOWLEDGED,
    /** 值恢复: the value is back, the alarm is not cleared yet. */
    RETURNED,
    /** 已消警. */
    CLEARED
}
