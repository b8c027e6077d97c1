package io.forgewatch.command.eventstore.history;

import java.util.List;

/**
 * What a trial saw. Times are nanoseconds of one clock.
 *
 * @param begun every append that was tried
 * @param acknowledged those whose sender was told a position
 * @param stored what the store has at the end, in its order
 * @param read what each reader was given, in its order, by the reader's name
 */
record History(List<Begun> begun, List<Acknowledged> acknowledged, List<Stored> stored, List<Reading> read) {

    /** @param what unique name of the append */
    record Begun(String what, long at) {}

    record Acknowledged(String what, long position, long at) {}

    record Stored(long position, String what) {}

    record Reading(String reader, List<Stored> seen) {}
}
