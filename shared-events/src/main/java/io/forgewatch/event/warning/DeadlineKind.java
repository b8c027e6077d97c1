package io.forgewatch.event.warning;

/** Which of a warning's deadlines. */
public enum DeadlineKind {
    SIGN,
    FEEDBACK,
    RESOLVE
}
