package io.forgewatch.stack;

/** A flag that can be given on the command line, with its dashes. */
public record Flag(String name, boolean takesValue) {}
