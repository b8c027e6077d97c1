package io.forgewatch.query.projection;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * 位置: a position within one history. Positions of two histories say nothing of each other: when the store was restored to an
 * earlier state, other events have the numbers of those that were lost. Whatever comes in a later history comes after all of an
 * earlier one.
 *
 * @param history which of the view's histories, from 1
 * @param position of an event in it, from 1; 0 before the first
 */
public record Place(int history, long position) implements Comparable<Place> {

    private static final Comparator<Place> ORDER =
            Comparator.comparingInt(Place::history).thenComparingLong(Place::position);
    private static final Pattern WIRE = Pattern.compile("(?:([2-9]|[1-9][0-9]{1,5})-)?([0-9]{1,18})");

    @Override
    public int compareTo(Place other) {
        return ORDER.compare(this, other);
    }

    public boolean isBeyond(Place other) {
        return compareTo(other) > 0;
    }

    public static Place later(Place one, Place other) {
        return one.isBeyond(other) ? one : other;
    }

    /** As people are told it: the position while there is one history, with its number before it in the later ones. */
    public String wire() {
        return history == 1 ? Long.toString(position) : history + "-" + position;
    }

    /** Empty for what {@link #wire} never makes. */
    public static Optional<Place> fromWire(String text) {
        Matcher read = WIRE.matcher(text);
        if (!read.matches()) {
            return Optional.empty();
        }
        int history = read.group(1) == null ? 1 : Integer.parseInt(read.group(1));
        return Optional.of(new Place(history, Long.parseLong(read.group(2))));
    }
}
