package io.forgewatch.event.warning;

/** What people read at run time, in both languages. */
public record BilingualText(String zh, String en) {}
