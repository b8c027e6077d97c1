package io.forgewatch.event.warning;

/** Where a warning stands (dossier §5). */
public enum WarningStatus {
    /** 待签收: the newest demand is not signed. */
    UNSIGNED,
    /** 已签收. */
    SIGNED,
    /** 处置中: its answers or its verification were sent back. */
    HANDLING,
    /** 已反馈. */
    ANSWERED,
    /** 待核查: orange and red, after an answer was accepted. */
    TO_VERIFY,
    /** 已消警. */
    CLOSED
}
