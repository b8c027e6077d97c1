package io.forgewatch.query.equipment;

/** 运行状态 of a device (dossier §1). */
public enum DeviceState {
    /** 在用. */
    IN_SERVICE,
    /** 停用. */
    OUT_OF_SERVICE,
    /** 报废. */
    SCRAPPED
}
