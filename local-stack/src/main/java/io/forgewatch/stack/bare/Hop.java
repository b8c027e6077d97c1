package io.forgewatch.stack.bare;

/** A part of the bare chain: takes a message by its number, and tells when it is through. */
interface Hop extends AutoCloseable {

    /** Sets one on its way; does not wait for it. */
    void send(long number);

    @Override
    void close();

    /** What comes after a hop. */
    @FunctionalInterface
    interface Next {
        void through(long number);
    }

    /** Where failures go: nothing is tried again, a chain that breaks measures nothing. */
    @FunctionalInterface
    interface Broken {
        void by(Throwable failure);
    }
}
