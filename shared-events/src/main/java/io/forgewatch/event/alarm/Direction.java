package io.forgewatch.event.alarm;

/** In which way something left what it should be (dossier §3, "Alarms that are not of a limit"). */
public enum Direction {
    /** 越低限: a value is at or below its lower limits. */
    LOW,
    /** 越高限: a value is at or above its upper limits. */
    HIGH,
    /** 状态异常: a state that is an alarm, or a verdict on a device. */
    STATE,
    /** 数据质量: readings that are missing or cannot be believed. */
    QUALITY,
    /** 离线: a gateway, camera, device or enterprise that is not heard of. */
    OFFLINE,
    /** 区域: what several points of an area say together. */
    AREA
}
