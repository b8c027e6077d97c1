package io.forgewatch.event.equipment;

/** When a point's limits count (dossier §2). A gate whose own reading is missing or bad is open: it fails towards the alarm. */
public enum Gate {
    /** Always, while the device is in service 在用. */
    IN_SERVICE,
    /** Only while AL_CASTING of the same device is 2, 3 or 4. */
    CASTING,
    /** Only in steady casting (AL_CASTING = 3) with AL_LENGTH past the start length of 300 mm. */
    STEADY_CASTING
}
