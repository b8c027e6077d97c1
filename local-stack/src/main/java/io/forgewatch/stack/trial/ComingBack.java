package io.forgewatch.stack.trial;

import io.forgewatch.query.projection.Place;
import io.forgewatch.stack.Patience;
import io.forgewatch.stack.StackException;
import io.forgewatch.stack.stream.StreamRefusedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Readers of an instance that was killed, who go on at the other one as browsers do: one has the id of a warning as his last, one
 * that of a heartbeat.
 */
final class ComingBack implements AutoCloseable {

    /** A heartbeat comes every 15 s. */
    private static final Duration BEAT = Duration.ofSeconds(30);

    private static final int UNAVAILABLE = 503;

    private final List<Reader> readers;

    private ComingBack(List<Reader> readers) {
        this.readers = List.copyOf(readers);
    }

    /**
     * Who came back, or did not.
     *
     * @param lastId that he had
     * @param refused how he was answered at last instead of a stream
     */
    private record Reader(
            String kind, @Nullable Place lastId, @Nullable StreamWatch stream, String refused) {}

    /** So the newest id on the stream that will end is none of a warning, and no entry of the other instance has it. */
    static void mustBeat(StreamWatch doomed, TrialReport.Notes notes) throws Exception {
        boolean beat = Patience.until(BEAT, () -> {
            Place last = doomed.lastBeat();
            return last != null
                    && !doomed.ids().isEmpty()
                    && last.isBeyond(doomed.ids().getLast());
        });
        notes.add(
                "a heartbeat bears the id up to which all was sent, which is beyond the last warning's",
                doomed.lastBeat() + " after " + doomed.ids(),
                beat);
    }

    /**
     * They come back; a 503 tells them to come again.
     *
     * @param query the other instance's address
     * @param dead what they heard from the one that was killed
     */
    static ComingBack to(String query, String token, StreamWatch dead, Duration patience) throws Exception {
        Patience.mustCome(
                "the killed instance's stream to end",
                patience,
                () -> !dead.ended().isEmpty());
        List<Place> ids = dead.ids();
        return new ComingBack(List.of(
                reader("a warning", query, token, ids.isEmpty() ? null : ids.getLast(), patience),
                reader("a heartbeat", query, token, dead.lastBeat(), patience)));
    }

    private static Reader reader(String kind, String query, String token, @Nullable Place lastId, Duration patience)
            throws Exception {
        if (lastId == null) {
            return new Reader(kind, null, null, "there was none");
        }
        List<StreamWatch> came = new ArrayList<>();
        String[] refused = {""};
        Patience.until(patience, () -> {
            try {
                came.add(StreamWatch.open(query, token, lastId));
                return true;
            } catch (StackException no) {
                refused[0] = String.valueOf(no.getMessage());
                return no instanceof StreamRefusedException answer && answer.status() != UNAVAILABLE;
            }
        });
        return came.isEmpty()
                ? new Reader(kind, lastId, null, refused[0])
                : new Reader(kind, lastId, came.getFirst(), "");
    }

    /** @param all ids of the warnings that the other instance told of, in order */
    void mustHear(List<Place> all, Duration patience, TrialReport.Notes notes) throws Exception {
        for (Reader reader : readers) {
            StreamWatch stream = reader.stream();
            Place lastId = reader.lastId();
            String expected = "who comes back to the other instance with the id of " + reader.kind()
                    + " hears all later warnings, each once and in order";
            if (stream == null || lastId == null) {
                notes.add(expected, reader.refused(), false);
                continue;
            }
            List<Place> later = later(all, lastId);
            boolean heard = Patience.until(patience, () -> stream.ids().equals(later));
            notes.add(
                    expected,
                    "behind %s %d of %d%s"
                            .formatted(
                                    lastId.wire(),
                                    stream.ids().size(),
                                    later.size(),
                                    stream.ended().isEmpty() ? "" : ", then it ended: " + stream.ended()),
                    heard && !later.isEmpty() && stream.ended().isEmpty());
        }
    }

    /** Those behind a place. */
    static List<Place> later(List<Place> ids, Place lastId) {
        return ids.stream().filter(id -> id.isBeyond(lastId)).toList();
    }

    @Override
    public void close() {
        readers.forEach(reader -> {
            if (reader.stream() != null) {
                reader.stream().close();
            }
        });
    }
}
