package io.forgewatch.command.eventstore;

/** In which order the parts of the command side start; they stop in the opposite one. The HTTP server starts after them all. */
public final class Phases {

    public static final int STORE = 100;
    public static final int LOG = 150;
    public static final int RELAY = 200;
    public static final int AUTOMATIONS = 300;
    public static final int SCHEDULE = 400;

    private Phases() {}
}
