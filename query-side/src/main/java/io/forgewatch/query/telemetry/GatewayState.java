package io.forgewatch.query.telemetry;

/** What an edge gateway's heartbeat says (dossier §8); its frames are its heartbeat, expected every 30 s. */
public enum GatewayState {
    /** 在线. */
    ONLINE,
    /** 疑似离线: nothing for 90 s. */
    SUSPECT,
    /** 离线: nothing for 5 min. */
    OFFLINE,
    /** 未知: we have not heard for long enough ourselves, since our start or a time in which no frame came, to say that it is away. */
    UNKNOWN
}
