package io.forgewatch.log.verify;

/** Is told how far a check is. */
@FunctionalInterface
public interface Progress {

    /** Tells nobody. */
    Progress NONE = (done, of) -> {};

    /**
     * @param done events checked
     * @param of all there are
     */
    void at(long done, long of);

    /** What takes a while now. */
    default void next(Told what) {}
}
