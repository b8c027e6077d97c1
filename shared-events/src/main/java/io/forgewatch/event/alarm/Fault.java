package io.forgewatch.event.alarm;

/** What is wrong with a point of which there is an alarm of direction {@link Direction#QUALITY} (dossier §3, §8). */
public enum Fault {
    /** 无数据: no reading came for longer than the point's time of silence. */
    SILENT,
    /** 故障码: its readings bear the codes of a gateway for a missing value or a faulty sensor. */
    CODED,
    /** 数值不可能: outside of what its transmitter can say, on a side that has no limit. */
    IMPOSSIBLE,
    /** 传感器失效: its readings show that it does not measure, by themselves or by what others of the device say. */
    FAILED
}
