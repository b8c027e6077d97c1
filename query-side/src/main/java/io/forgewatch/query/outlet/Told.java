package io.forgewatch.query.outlet;

/** What goes out to one listener, in this order. */
public sealed interface Told<E> {

    /** An entry that he may see. */
    record News<E>(Entry<E> entry) implements Told<E> {}

    /** An entry that was passed over in its turn; it says nothing of how far he has heard all. */
    record LateNews<E>(Entry<E> entry) implements Told<E> {}

    /** All that he may see up to this position has gone out before this; said at once and then as long as nothing else is. */
    record UpTo<E>(long position) implements Told<E> {}
}
