package io.forgewatch.command.decision;

/**
 * A command that only asks to look at what is known by now: several that are the same but for their moment lead to what the last
 * of them does. So of an automation's at most one waits, and a thousand events in one works are not a thousand looks.
 */
public interface LookAgain extends Command {}
