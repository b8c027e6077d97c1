package io.forgewatch.log;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a bundle of entries is (C2SP tlog-tiles): those of leaves {@code index * 256} to {@code index * 256 + width - 1}.
 *
 * @param index from 0
 * @param width entries in it, 1 to 256
 */
public record EntryBundle(long index, int width) {

    private static final Pattern PATH = Pattern.compile("tile/entries/([x0-9/]{3,33})(?:\\.p/([1-9][0-9]{0,2}))?");
    private static final int MAX_ENTRY = 0xffff;

    /** @throws LogFormatException when a number is out of its range */
    public EntryBundle {
        if (index < 0 || width < 1 || width > Tile.FULL) {
            throw new LogFormatException("There is no entry bundle of that index and width");
        }
    }

    /** The bundle as it is in a tree of a size: full, partial, or not there. */
    public static Optional<EntryBundle> in(long size, long index) {
        return Tile.in(size, 0, index).map(tile -> new EntryBundle(tile.index(), tile.width()));
    }

    /** Whether a tree of a size has all entries of this bundle. */
    public boolean existsIn(long size) {
        return new Tile(0, index, width).existsIn(size);
    }

    /** {@code tile/entries/<N>[.p/<W>]}. */
    public String path() {
        return "tile/entries/" + TileIndex.path(index, width);
    }

    /**
     * Reads what {@link #path()} wrote.
     *
     * @throws LogFormatException when it is anything else
     */
    public static EntryBundle parse(String path) {
        Matcher parts = PATH.matcher(path);
        if (!parts.matches()) {
            throw new LogFormatException("Not the path of an entry bundle");
        }
        EntryBundle bundle = new EntryBundle(TileIndex.parse(parts.group(1)), TileIndex.width(parts.group(2)));
        if (!bundle.path().equals(path)) {
            throw new LogFormatException("Not the path of an entry bundle in its one form");
        }
        return bundle;
    }

    /** Entries one after another, each behind its length in two bytes, the higher first. */
    public static byte[] encode(List<byte[]> entries) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (byte[] entry : entries) {
            if (entry.length > MAX_ENTRY) {
                throw new LogFormatException("An entry in a bundle has at most 65535 bytes");
            }
            bytes.write(entry.length >>> 8);
            bytes.write(entry.length);
            bytes.writeBytes(entry);
        }
        return bytes.toByteArray();
    }

    /**
     * Reads what {@link #encode} wrote.
     *
     * @throws LogFormatException when the last entry is cut, or there are more than 256
     */
    public static List<byte[]> decode(byte[] bundle) {
        List<byte[]> entries = new ArrayList<>();
        int at = 0;
        while (at < bundle.length) {
            if (at + 2 > bundle.length || entries.size() == Tile.FULL) {
                throw new LogFormatException("The entry bundle is cut or too long");
            }
            int length = (bundle[at] & 0xff) << 8 | bundle[at + 1] & 0xff;
            at += 2;
            if (at + length > bundle.length) {
                throw new LogFormatException("The entry bundle is cut");
            }
            entries.add(Arrays.copyOfRange(bundle, at, at + length));
            at += length;
        }
        return entries;
    }
}
