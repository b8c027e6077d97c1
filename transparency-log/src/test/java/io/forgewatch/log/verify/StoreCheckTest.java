package io.forgewatch.log.verify;

import static io.forgewatch.log.verify.LoggedStore.ED;
import static io.forgewatch.log.verify.LoggedStore.KEYS;
import static io.forgewatch.log.verify.LoggedStore.SM;
import static org.assertj.core.api.Assertions.assertThat;

import io.forgewatch.log.Checkpoint;
import io.forgewatch.log.Hash;
import io.forgewatch.log.LogFiles;
import io.forgewatch.log.Note;
import io.forgewatch.log.NoteSignature;
import io.forgewatch.log.ShippedFolder;
import io.forgewatch.log.SigningKey;
import io.forgewatch.log.Tile;
import io.forgewatch.log.TileHashes;
import io.forgewatch.log.TileSource;
import io.forgewatch.log.VerifierKey;
import io.forgewatch.log.verify.Finding.Kind;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is done to a real store, and whether it is found and named. 600 events, sealed: two full tiles and a partial one. */
class StoreCheckTest {

    private static final int SEALED = 600;
    private static final TileSource NO_TILES = tile -> Optional.empty();

    @TempDir
    private static Path folder;

    private static LoggedStore sealed;
    private static LoggedStore backup;
    private static ShippedFolder shipped;
    private static Note checkpoint;

    @BeforeAll
    static void seal() {
        sealed = LoggedStore.empty();
        sealed.append(1, 400, "first");
        backup = sealed.copy();
        sealed.append(401, SEALED, "first");
        shipped = new ShippedFolder(folder);
        checkpoint = sealed.ship(new LogFiles(folder), SEALED, List.of(ED, SM));
    }

    @Test
    void given_an_untouched_store_when_checked_then_it_holds() {
        Outcome outcome = check(sealed.copy());
        assertThat(outcome).isEqualTo(new Outcome.Holds(Checkpoint.of(checkpoint), KEYS, SEALED, List.of()));
        assertThat(check(sealed.copy(), checkpoint, KEYS, NO_TILES)).isInstanceOf(Outcome.Holds.class);
    }

    @Test
    void given_events_after_the_checkpoint_when_checked_then_they_are_looked_at_too() {
        LoggedStore store = sealed.copy();
        store.append(601, 650, "later");
        assertThat(check(store))
                .isInstanceOfSatisfying(
                        Outcome.Holds.class,
                        holds -> assertThat(holds.checked()).isEqualTo(650));
        store.execute("update events set payload = 'x' where position = 640");
        assertFound(store, 640, Kind.CONTENT_CHANGED, "payload");
    }

    @Test
    void given_one_byte_of_one_payload_changed_when_checked_then_named() {
        LoggedStore store = sealed.copy();
        store.execute(
                "update events set payload = set_byte(payload, 3, get_byte(payload, 3) # 1) where position = 123");
        assertFound(store, 123, Kind.CONTENT_CHANGED, "no longer so: payload");
    }

    @Test
    void given_any_other_column_changed_when_checked_then_named() {
        assertChanged("metadata = metadata || ' '", "metadata");
        assertChanged("name = 'Other'", "name");
        assertChanged("version = '2'", "version");
        assertChanged("at = at + interval '1 microsecond'", "time");
        assertChanged("at = 'infinity'", "time");
        assertChanged("tags = tags || array['more=1']", "tags");
        assertChanged("tags = tags || array[null]", "tags");
        assertChanged("tags = tags || array[E'two=\\nlines']", "tags");
        assertChanged("tags = '{}'", "tags");
        assertChanged("id = gen_random_uuid()", "id");
        assertChanged("payload = '', metadata = ''", "payload, metadata");
    }

    @Test
    void given_what_events_are_found_by_changed_when_checked_then_named() {
        assertFoundAfter("update events set actor = '李四' where position = 9", 9, Kind.INDEX_CHANGED, "actor");
        assertFoundAfter(
                "delete from event_tags where position = 9 and tag like 'enterprise=%'",
                9, Kind.INDEX_CHANGED, "enterprise=320100-0002");
        assertFoundAfter(
                "insert into event_tags values ('enterprise=370211-0001', 9, 'WarningIssued')",
                9,
                Kind.INDEX_CHANGED,
                "enterprise=370211-0001");
        assertFoundAfter("update event_tags set name = 'Other' where position = 9", 9, Kind.INDEX_CHANGED, "=");
        assertFoundAfter(
                "insert into event_tags values ('enterprise=320100-0002', 601, 'WarningIssued')",
                601,
                Kind.INDEX_CHANGED,
                "enterprise=320100-0002");
    }

    @Test
    void given_an_event_that_nobody_caused_when_checked_then_it_holds_unless_it_is_found_by_somebody() {
        LoggedStore store = sealed.copy();
        store.append(601, 601, LoggedStore.BY_NOBODY);
        store.execute("update events set actor = 'system/unknown' where position = 601");
        assertThat(check(store)).isInstanceOf(Outcome.Holds.class);
        store.execute("update events set actor = '张三' where position = 601");
        assertFound(store, 601, Kind.INDEX_CHANGED, "actor");
    }

    @Test
    void given_two_strays_when_checked_then_the_first_is_named() {
        assertFoundAfter(
                "delete from event_tags where position = 500 and tag like 'enterprise=%';"
                        + " insert into event_tags values ('enterprise=370211-0001', 90, 'WarningIssued')",
                90, Kind.INDEX_CHANGED, "enterprise=370211-0001");
        assertFoundAfter(
                "delete from event_tags where position = 50 and tag like 'enterprise=%';"
                        + " update events set actor = '李四' where position = 70",
                50, Kind.INDEX_CHANGED, "enterprise=");
    }

    @Test
    void given_a_backup_of_the_events_alone_when_checked_then_it_holds_and_its_actors_are_looked_at() {
        LoggedStore store = sealed.copy();
        store.execute("drop table event_tags");
        assertThat(check(store)).isInstanceOf(Outcome.Holds.class);
        store.execute("update events set actor = '李四' where position = 600");
        assertFound(store, 600, Kind.INDEX_CHANGED, "actor");
    }

    @Test
    void given_the_order_of_tags_changed_when_checked_then_it_holds_since_they_are_a_set() {
        LoggedStore store = sealed.copy();
        store.execute("update events set tags = array[tags[2], tags[1]] where position = 7");
        assertThat(check(store)).isInstanceOf(Outcome.Holds.class);
    }

    @Test
    void given_what_was_logged_changed_when_checked_then_named() {
        assertFoundAfter("update events set entry = null where position = 9", 9, Kind.ENTRY_CHANGED, "no log entry");
        assertFoundAfter("update events set entry = 'x' where position = 9", 9, Kind.ENTRY_CHANGED, "was changed");
        assertFoundAfter(
                "update events set entry = 'x', payload = 'y' where position = 9",
                9,
                Kind.ENTRY_CHANGED,
                "cannot be read");
        assertFoundAfter("update events set leaf = null where position = 9", 9, Kind.LEAF_CHANGED, "no leaf");
        assertFoundAfter(
                "update events set leaf = set_byte(leaf, 0, get_byte(leaf, 0) # 1) where position = 9",
                9,
                Kind.LEAF_CHANGED,
                "not that of its entry");
    }

    @Test
    void given_an_event_rewritten_with_its_entry_and_leaf_when_checked_then_named_by_the_tiles() {
        LoggedStore store = sealed.copy();
        store.rewrite(300, "second");
        assertFound(store, 300, Kind.REPLACED, "another event was logged here");
        assertThat(check(store, checkpoint, KEYS, NO_TILES))
                .isInstanceOfSatisfying(
                        Outcome.DoesNotHold.class,
                        not -> assertThat(not.finding().kind()).isEqualTo(Kind.ROOT_DIFFERS));
    }

    @Test
    void given_a_dropped_event_when_checked_then_named() {
        assertFoundAfter("delete from events where position = 77", 77, Kind.MISSING, "it is missing");
        assertFoundAfter("delete from events where position between 77 and 80", 77, Kind.MISSING, "up to 80");
        assertFoundAfter("delete from events where position = 1", 1, Kind.MISSING, "it is missing");
    }

    @Test
    void given_a_dropped_event_and_those_behind_moved_up_when_checked_then_named() {
        assertFoundAfter(
                "delete from events where position = 77; update events set position = -position where position > 77;"
                        + " update events set position = -position - 1 where position < 0",
                77,
                Kind.MISSING,
                "moved up");
    }

    @Test
    void given_two_swapped_when_checked_then_both_named() {
        assertFoundAfter(swap(20, 510), 20, Kind.SWAPPED, "event 510");
        assertFoundAfter(swap(599, 600), 599, Kind.SWAPPED, "event 600");
    }

    @Test
    void given_an_event_put_in_when_checked_then_named() {
        LoggedStore store = sealed.copy();
        store.execute("update events set position = -position where position >= 50;"
                + " update events set position = -position + 1 where position < 0");
        store.append(50, 50, "put in");
        assertFound(store, 50, Kind.INSERTED, "put in");
        assertFoundAfter("update events set position = 0 where position = 600", 0, Kind.INSERTED, "from 1");
    }

    @Test
    void given_a_cut_tail_when_checked_then_named() {
        assertFoundAfter("delete from events where position > 580", 581, Kind.TAIL_CUT, "tail was cut");
    }

    @Test
    void given_a_tail_cut_without_a_trace_when_checked_then_named() {
        assertFoundAfter(
                "delete from events where position > 580; delete from event_tags where position > 580;"
                        + " update tokens set position = 10",
                581,
                Kind.OLDER_THAN_CHECKPOINT,
                "without a trace");
        assertFoundAfter(
                "truncate events; drop table tokens; drop table event_tags", 1, Kind.OLDER_THAN_CHECKPOINT, "600");
    }

    @Test
    void given_an_old_backup_restored_when_checked_then_named() {
        assertFound(backup.copy(), 401, Kind.OLDER_THAN_CHECKPOINT, "older backup was restored");
    }

    @Test
    void given_an_old_backup_restored_and_written_on_when_checked_then_named() {
        LoggedStore store = backup.copy();
        store.append(401, 700, "second");
        assertFound(store, 401, Kind.OTHER_HISTORY, "older backup was restored and written on");
    }

    @Test
    void given_a_checkpoint_signed_by_another_key_when_checked_then_named() {
        SigningKey other = LoggedStore.key();
        Note resigned = Checkpoint.of(checkpoint).sign(List.of(other));
        Outcome outcome = check(sealed.copy(), resigned, KEYS, shipped);
        assertFound(
                outcome,
                0,
                Kind.SIGNED_BY_ANOTHER,
                "%08x".formatted(other.verifierKey().id()));
    }

    @Test
    void given_a_rewritten_history_sealed_again_when_checked_with_the_keys_one_holds_then_named(
            @TempDir Path elsewhere) {
        LoggedStore store = sealed.copy();
        store.rewrite(300, "second");
        ShippedFolder forged = new ShippedFolder(elsewhere);
        Note note = store.ship(new LogFiles(elsewhere), SEALED, List.of(LoggedStore.key()));
        assertThat(check(store, note, forged.keys(), forged)).isInstanceOf(Outcome.Holds.class);
        assertFound(check(store, note, KEYS, forged), 0, Kind.SIGNED_BY_ANOTHER, "no key that is trusted");
    }

    @Test
    void given_a_changed_signature_of_a_trusted_key_when_checked_then_named() {
        NoteSignature right = checkpoint.signatures().get(1);
        byte[] bytes = right.signature();
        bytes[0] ^= 1;
        Note forged = new Note(
                checkpoint.text(),
                List.of(checkpoint.signatures().get(0), new NoteSignature(right.name(), right.keyId(), bytes)));
        assertFound(
                check(sealed.copy(), forged, KEYS, shipped),
                0,
                Kind.FORGED_SIGNATURE,
                SM.verifierKey().encode());
        Note another =
                new Note(new Checkpoint(LoggedStore.ORIGIN, 599, Hash.ofEmptyTree()).text(), checkpoint.signatures());
        assertFound(check(sealed.copy(), another, KEYS, shipped), 0, Kind.FORGED_SIGNATURE, "size 599");
    }

    @Test
    void given_only_full_tiles_when_checked_then_what_they_cover_is_named() {
        TileSource onlyFull = tile -> tile.isFull() ? shipped.read(tile) : Optional.empty();
        LoggedStore store = sealed.copy();
        assertThat(check(store, checkpoint, KEYS, onlyFull)).isInstanceOf(Outcome.Holds.class);
        store.execute(swap(20, 510));
        assertFound(check(store, checkpoint, KEYS, onlyFull), 20, Kind.SWAPPED, "event 510");
        LoggedStore other = sealed.copy();
        other.execute(swap(590, 591));
        assertFound(check(other, checkpoint, KEYS, onlyFull), 0, Kind.ROOT_DIFFERS, "first 600");
    }

    @Test
    void given_a_damaged_tile_when_checked_then_the_store_is_not_blamed() {
        for (Tile damaged : List.of(Tile.full(0, 0), new Tile(0, 2, 88), new Tile(1, 0, 2))) {
            TileSource source =
                    tile -> shipped.read(tile).map(hashes -> tile.equals(damaged) ? reversed(hashes) : hashes);
            assertThat(check(sealed.copy(), checkpoint, KEYS, source))
                    .isInstanceOfSatisfying(
                            Outcome.Holds.class,
                            holds -> assertThat(holds.warnings()).isNotEmpty());
        }
    }

    @Test
    void given_no_event_and_the_checkpoint_of_none_when_checked_then_it_holds() {
        Note nothing = new Checkpoint(LoggedStore.ORIGIN, 0, Hash.ofEmptyTree()).sign(List.of(ED));
        assertThat(check(LoggedStore.empty(), nothing, KEYS, NO_TILES)).isInstanceOf(Outcome.Holds.class);
        Note wrong = new Checkpoint(LoggedStore.ORIGIN, 0, Hash.leaf(new byte[0])).sign(List.of(ED));
        assertFound(check(LoggedStore.empty(), wrong, KEYS, NO_TILES), 0, Kind.ROOT_DIFFERS, "first 0");
    }

    private static void assertChanged(String assignment, String field) {
        assertFoundAfter(
                "update events set " + assignment + " where position = 257",
                257,
                Kind.CONTENT_CHANGED,
                "no longer so: " + field);
    }

    private static void assertFoundAfter(String sql, long position, Kind kind, String words) {
        LoggedStore store = sealed.copy();
        store.execute(sql);
        assertFound(store, position, kind, words);
    }

    private static void assertFound(LoggedStore store, long position, Kind kind, String words) {
        assertFound(check(store), position, kind, words);
    }

    private static void assertFound(Outcome outcome, long position, Kind kind, String words) {
        assertThat(outcome).isInstanceOfSatisfying(Outcome.DoesNotHold.class, not -> {
            assertThat(not.finding().kind()).isEqualTo(kind);
            assertThat(not.finding().position()).isEqualTo(position);
            assertThat(not.finding().told().en()).contains(words);
            assertThat(not.finding().told().zh())
                    .doesNotContain("%")
                    .matches(text -> text.codePoints().anyMatch(Character::isIdeographic));
        });
    }

    private static Outcome check(LoggedStore store) {
        return check(store, checkpoint, KEYS, shipped);
    }

    private static Outcome check(LoggedStore store, Note note, List<VerifierKey> keys, TileSource tiles) {
        try (JdbcStoreRows rows = new JdbcStoreRows(store.connect())) {
            return new StoreCheck(rows, note, keys, tiles, Progress.NONE).run();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String swap(int left, int right) {
        return ("update events set position = 0 where position = %1$d; update events set position = %1$d where position = %2$d;"
                        + " update events set position = %2$d where position = 0")
                .formatted(left, right);
    }

    private static TileHashes reversed(TileHashes hashes) {
        List<Hash> all = new ArrayList<>(hashes.hashes());
        Collections.reverse(all);
        return TileHashes.of(all);
    }
}
