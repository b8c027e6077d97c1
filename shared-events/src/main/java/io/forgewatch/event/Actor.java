package io.forgewatch.event;

/**
 * Who caused an event. On the wire {@code kind/id}: {@code account/alice}, {@code automation/WhenAlarmRaisedThenAssessRisk},
 * {@code detection/0}, {@code clock/escalation}, {@code system/start}.
 */
public record Actor(String kind, String id) {

    public static Actor account(String username) {
        return new Actor("account", username);
    }

    public static Actor automation(String name) {
        return new Actor("automation", name);
    }

    public static Actor system(String part) {
        return new Actor("system", part);
    }

    public String wire() {
        return kind + "/" + id;
    }

    /** @throws IllegalArgumentException when there is no slash in it */
    public static Actor fromWire(String wire) {
        int slash = wire.indexOf('/');
        if (slash < 1) {
            throw new IllegalArgumentException("Not an actor: " + wire);
        }
        return new Actor(wire.substring(0, slash), wire.substring(slash + 1));
    }
}
