package io.forgewatch.command.decision;

/**
 * Nothing that was decided held, since others kept changing the same thing. A person is told so; for a machine it is no answer:
 * whoever sends for one tries again, later.
 */
public final class ConcurrentChangeException extends RefusedException {

    private static final long serialVersionUID = 1L;

    public ConcurrentChangeException() {
        super(new Refusal(
                Refusal.Kind.CONFLICT,
                "concurrent-change",
                "同一对象正在被频繁修改，请稍后重试。",
                "The same thing is being changed all the time; try again."));
    }
}
