package io.forgewatch.stack.document;

import de.bwaldvogel.mongo.backend.Missing;
import de.bwaldvogel.mongo.bson.Document;
import java.nio.ByteBuffer;
import java.util.List;
import org.h2.mvstore.WriteBuffer;
import org.h2.mvstore.type.BasicDataType;

/** How the entries of an index are kept: in the order of its fields, each up or down as it was declared. */
final class SortKeyType extends BasicDataType<SortKey> {

    private static final String VALUE = "v";
    private static final String NOTHING = "n";

    private final List<Boolean> ascending;

    SortKeyType(List<Boolean> ascending) {
        this.ascending = List.copyOf(ascending);
    }

    @Override
    public int compare(SortKey left, SortKey right) {
        return left.compare(right, ascending);
    }

    @Override
    public int getMemory(SortKey key) {
        int sum = 48;
        for (Object value : key.values()) {
            sum += value instanceof String text ? 48 + text.length() : 32;
        }
        return sum;
    }

    @Override
    public void write(WriteBuffer out, SortKey key) {
        Document document = new Document();
        for (Object value : key.values()) {
            boolean nothing = value instanceof Missing;
            document.put((nothing ? NOTHING : VALUE) + document.size(), nothing ? Boolean.TRUE : value);
        }
        Bson.write(document, out);
    }

    @Override
    public SortKey read(ByteBuffer in) {
        return SortKey.entry(Bson.read(in).entrySet().stream()
                .map(field -> field.getKey().startsWith(VALUE) ? field.getValue() : Missing.getInstance())
                .toList());
    }

    @Override
    public SortKey[] createStorage(int size) {
        return new SortKey[size];
    }
}
