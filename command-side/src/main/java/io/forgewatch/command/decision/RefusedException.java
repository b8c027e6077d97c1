package io.forgewatch.command.decision;

/** Carries a {@link Refusal} to whoever sent the command. */
public class RefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Refusal refusal;

    public RefusedException(Refusal refusal) {
        super(refusal.code() + ": " + refusal.en(), null, false, false);
        this.refusal = refusal;
    }

    /** Whether a failure is a decision's no, after which a machine has nothing more to try. */
    public static boolean isAnswer(Throwable failure) {
        return failure instanceof RefusedException && !(failure instanceof ConcurrentChangeException);
    }

    public Refusal refusal() {
        return refusal;
    }
}
