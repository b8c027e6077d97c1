package io.forgewatch.stack.document;

import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.wire.bson.BsonDecoder;
import de.bwaldvogel.mongo.wire.bson.BsonEncoder;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import org.h2.mvstore.WriteBuffer;

/** Documents in the file: BSON, as on the wire; the length is part of it. */
final class Bson {

    private static final int FIRST_BYTES = 512;

    private Bson() {}

    static void write(Document document, WriteBuffer out) {
        ByteBuf encoded = Unpooled.buffer(FIRST_BYTES);
        BsonEncoder.encodeDocument(document, encoded);
        out.put(encoded.nioBuffer());
    }

    static Document read(ByteBuffer in) {
        ByteBuf encoded = Unpooled.wrappedBuffer(in);
        int before = encoded.readerIndex();
        Document document = BsonDecoder.decodeBson(encoded);
        in.position(in.position() + encoded.readerIndex() - before);
        return document;
    }
}
