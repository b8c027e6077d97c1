package io.forgewatch.command.bulkhead;

/**
 * How much a {@link Bulkhead} takes.
 *
 * @param atOnce how many pieces of work run at once, of as many owners; at least 1
 * @param waiting how many wait at most, of all owners together, what is assured to each not counted
 * @param waitingOfOne how many of one owner wait at most
 * @param assured how many of one owner may wait in any case, whatever others have waiting; at least 1
 * @param ofGroup how many run at once of owners of one group; at least 1
 */
public record Limits(int atOnce, int waiting, int waitingOfOne, int assured, int ofGroup) {

    /** Where each owner is a group of its own. */
    public Limits(int atOnce, int waiting, int waitingOfOne, int assured) {
        this(atOnce, waiting, waitingOfOne, assured, 1);
    }

    public Limits {
        if (atOnce < 1 || ofGroup < 1 || waiting < 0 || assured < 1 || waitingOfOne < assured) {
            throw new IllegalArgumentException("No limits: " + atOnce + ", " + waiting + ", " + waitingOfOne);
        }
    }

    boolean admit(int ofAll, int ofOwner) {
        return ofOwner < assured || (ofOwner < waitingOfOne && ofAll < waiting);
    }
}
