package io.forgewatch.query.warning;

/** Where a warning stands (dossier §5). */
public enum WarningStatus {
    /** 待签收. */
    UNSIGNED,
    /** 已签收. */
    SIGNED,
    /** 处置中: an answer or a verification was sent back. */
    HANDLING,
    /** 已反馈. */
    ANSWERED,
    /** 待核查: orange and red, after the answer was accepted. */
    TO_VERIFY,
    /** 已消警. */
    CLOSED
}
