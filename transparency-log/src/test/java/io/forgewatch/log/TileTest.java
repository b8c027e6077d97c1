package io.forgewatch.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TileTest {

    @Test
    void given_tiles_when_written_then_as_c2sp_writes_them() {
        assertThat(Tile.full(0, 1_234_067).path()).isEqualTo("tile/0/x001/x234/067");
        assertThat(Tile.full(1, 0).path()).isEqualTo("tile/1/000");
        assertThat(new Tile(0, 273, 112).path()).isEqualTo("tile/0/273.p/112");
        assertThat(new EntryBundle(1_234_067, 8).path()).isEqualTo("tile/entries/x001/x234/067.p/8");
        assertThat(new EntryBundle(5, 256).path()).isEqualTo("tile/entries/005");
    }

    @Property
    void given_any_tile_when_written_and_read_then_the_same(
            @ForAll @IntRange(max = 63) int level,
            @ForAll @LongRange(min = 0) long index,
            @ForAll @IntRange(min = 1, max = 256) int width) {
        Tile tile = new Tile(level, index, width);
        assertThat(Tile.parse(tile.path())).isEqualTo(tile);
        EntryBundle bundle = new EntryBundle(index, width);
        assertThat(EntryBundle.parse(bundle.path())).isEqualTo(bundle);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "tile",
                "tile/",
                "tile/0",
                "tile/0/",
                "tile//000",
                "/tile/0/000",
                "tile/0/000/",
                "tile/00/000",
                "tile/64/000",
                "tile/-1/000",
                "tile/0/0",
                "tile/0/00",
                "tile/0/0000",
                "tile/0/x000",
                "tile/0/x000/001",
                "tile/0/001/002",
                "tile/0/x001/x002",
                "tile/0/000.p/0",
                "tile/0/000.p/256",
                "tile/0/000.p/01",
                "tile/0/000.p/",
                "tile/0/000.p/999",
                "tile/0/000.p",
                "tile/0/../000",
                "tile/0/x..",
                "tile/0/%30%30%30",
                "tile/0/\u0661\u0662\u0663",
                "tile/0/000\n",
                "tile/0/000.p/1\n",
                "tile/0/+01",
                "tile/0/X001/002",
                "tile/0/x001//002",
                "tile/0/x999/x999/x999/x999/x999/x999/999",
                "tile/0/x009/x223/x372/x036/x854/x775/808",
                "tile/entries/000",
                "tile/0/000.p/1.p/1",
                "tile/a/000"
            })
    void given_a_path_of_another_form_when_read_then_refused(String path) {
        assertThatThrownBy(() -> Tile.parse(path)).isInstanceOf(LogFormatException.class);
        String bundle = path.startsWith("tile/0/") ? "tile/entries/" + path.substring(7) : path + "x";
        assertThatThrownBy(() -> EntryBundle.parse(bundle)).isInstanceOf(LogFormatException.class);
    }

    @Property
    void given_any_text_when_read_then_a_tile_that_is_written_so_or_refused(@ForAll String text) {
        try {
            assertThat(Tile.parse("tile/" + text).path()).isEqualTo("tile/" + text);
        } catch (LogFormatException e) {
            assertThat(e).hasMessageStartingWith("Not the path");
        }
    }

    @Test
    void given_sizes_when_asked_what_exists_then_only_what_the_tree_has() {
        assertThat(Tile.in(256, 0, 0)).contains(Tile.full(0, 0));
        assertThat(Tile.in(256, 0, 1)).isEmpty();
        assertThat(Tile.in(256, 1, 0)).contains(new Tile(1, 0, 1));
        assertThat(Tile.in(0, 0, 0)).isEmpty();
        assertThat(Tile.in(Long.MAX_VALUE, 7, 0)).contains(new Tile(7, 0, 127));
        assertThat(Tile.in(Long.MAX_VALUE, 63, 0)).isEmpty();
        assertThat(Tile.in(Long.MAX_VALUE, 0, Long.MAX_VALUE)).isEmpty();
        assertThat(Tile.partials(70_000)).containsExactly(new Tile(0, 273, 112), new Tile(1, 1, 17), new Tile(2, 0, 1));
        assertThat(Tile.partials(256)).containsExactly(new Tile(1, 0, 1));
        assertThat(Tile.partials(0)).isEmpty();
        assertThat(new Tile(0, 1, 44).existsIn(300)).isTrue();
        assertThat(new Tile(0, 1, 45).existsIn(300)).isFalse();
        assertThat(new EntryBundle(1, 45).existsIn(300)).isFalse();
        assertThat(EntryBundle.in(300, 1)).contains(new EntryBundle(1, 44));
    }

    @Property
    void given_any_entries_when_bundled_and_read_then_the_same(@ForAll List<byte[]> entries) {
        byte[] bundle = EntryBundle.encode(entries);
        if (entries.size() <= 256) {
            assertThat(EntryBundle.decode(bundle)).usingRecursiveComparison().isEqualTo(entries);
        } else {
            assertThatThrownBy(() -> EntryBundle.decode(bundle)).isInstanceOf(LogFormatException.class);
        }
    }

    @Test
    void given_an_entry_when_bundled_then_its_length_stands_first_high_byte_first() {
        byte[] entry = "a".repeat(258).getBytes(StandardCharsets.US_ASCII);
        assertThat(EntryBundle.encode(List.of(entry))).startsWith(1, 2, 'a').hasSize(260);
        assertThatThrownBy(() -> EntryBundle.encode(List.of(new byte[65_536]))).isInstanceOf(LogFormatException.class);
        assertThatThrownBy(() -> EntryBundle.decode(new byte[] {0})).isInstanceOf(LogFormatException.class);
        assertThatThrownBy(() -> EntryBundle.decode(new byte[] {0, 2, 1})).isInstanceOf(LogFormatException.class);
    }

    @Test
    void given_bytes_of_no_tile_when_read_then_refused() {
        assertThatThrownBy(() -> TileHashes.of(new byte[0])).isInstanceOf(LogFormatException.class);
        assertThatThrownBy(() -> TileHashes.of(new byte[33])).isInstanceOf(LogFormatException.class);
        assertThatThrownBy(() -> TileHashes.of(new byte[257 * 32])).isInstanceOf(LogFormatException.class);
        assertThatThrownBy(() -> TileHashes.of(new byte[32]).root()).isInstanceOf(LogFormatException.class);
        assertThatThrownBy(() -> TileHashes.of(new byte[32]).first(2)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThat(TileHashes.of(new byte[64]).first(1).width()).isEqualTo(1);
    }
}
