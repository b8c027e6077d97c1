package io.forgewatch.command.automation;

/** Something that is parked, as one run of an automation knows it; whoever has it guards it. */
final class Held {

    /** As of {@link System#nanoTime()}. */
    private final long since = System.nanoTime();

    private Parked parked;
    /** From where on it was parked at first in this run. */
    private long first;

    private long passedOver;

    Held(Parked parked) {
        this.parked = parked;
        this.first = parked.position();
    }

    Parked parked() {
        return parked;
    }

    long since() {
        return since;
    }

    long first() {
        return first;
    }

    /** What is before it waited for its turn already, or was not done when the process ended. */
    boolean passesOver(long position) {
        boolean alone = position >= first;
        passedOver = alone ? Math.max(passedOver, position) : passedOver;
        return alone;
    }

    /** It fails, too, at a position that may be an earlier one. */
    void parkAlso(Parked one) {
        parked = one.at(Math.min(parked.position(), one.position()));
        first = Math.min(first, one.position());
    }

    /** All up to a position is done; false where an earlier one has been parked since that was begun. */
    boolean advance(Parked begun, long upTo) {
        if (parked.position() != begun.position() || upTo < begun.position()) {
            return false;
        }
        parked = parked.at(upTo + 1);
        return true;
    }

    /** Whether nothing was passed over that was not found from a position on. */
    boolean isOver(Parked begun) {
        return parked.position() == begun.position() && passedOver < begun.position();
    }
}
