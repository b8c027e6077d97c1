package io.forgewatch.event.telemetry;

/** What a reading says that is a code (dossier §2, "Readings that are codes"). */
public enum CodeMeaning {
    /** 通道备用: nothing is connected to the channel. */
    SPARE,
    /** 故障: the sensor or its channel has failed. */
    FAULT
}
