package io.forgewatch.stack.document;

import java.nio.ByteBuffer;
import org.h2.mvstore.WriteBuffer;
import org.h2.mvstore.type.BasicDataType;
import org.h2.mvstore.type.ObjectDataType;

/** How the keys of a collection are kept: in the order of their values, so that ranges of {@code _id} are ranges of the map. */
final class IdType extends BasicDataType<Object> {

    private static final ObjectDataType OBJECTS = new ObjectDataType();

    @Override
    public int compare(Object left, Object right) {
        return ValueOrder.INSTANCE.compare(left, right);
    }

    @Override
    public int getMemory(Object id) {
        return OBJECTS.getMemory(id);
    }

    @Override
    public void write(WriteBuffer out, Object id) {
        OBJECTS.write(out, id);
    }

    @Override
    public Object read(ByteBuffer in) {
        return OBJECTS.read(in);
    }

    @Override
    public Object[] createStorage(int size) {
        return new Object[size];
    }
}
