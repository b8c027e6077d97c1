package io.forgewatch.stack.document;

import de.bwaldvogel.mongo.bson.Document;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.Map;
import org.h2.mvstore.WriteBuffer;
import org.h2.mvstore.type.BasicDataType;
import org.jspecify.annotations.Nullable;

/** How documents are kept in a map of the file: as BSON. A document in a map is never changed again, only replaced. */
final class DocumentType extends BasicDataType<Document> {

    private static final int ENTRY = 64;

    @Override
    public int getMemory(Document document) {
        return estimate(document);
    }

    @Override
    public void write(WriteBuffer out, Document document) {
        Bson.write(document, out);
    }

    @Override
    public Document read(ByteBuffer in) {
        return Bson.read(in);
    }

    @Override
    public Document[] createStorage(int size) {
        return new Document[size];
    }

    private static int estimate(@Nullable Object value) {
        return switch (value) {
            case Map<?, ?> map -> {
                int sum = ENTRY;
                for (Map.Entry<?, ?> entry : map.entrySet()) {
                    sum += ENTRY + estimate(entry.getKey()) + estimate(entry.getValue());
                }
                yield sum;
            }
            case Collection<?> list ->
                ENTRY + list.stream().mapToInt(DocumentType::estimate).sum();
            case String text -> 40 + text.length();
            case null, default -> 24;
        };
    }
}
