package io.forgewatch.stack;

/** Both sides of the house. */
public record Sides(Side command, Side query) {}
