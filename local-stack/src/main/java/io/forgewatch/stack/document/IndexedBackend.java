package io.forgewatch.stack.document;

import de.bwaldvogel.mongo.MongoDatabase;
import de.bwaldvogel.mongo.backend.QueryResult;
import de.bwaldvogel.mongo.backend.h2.H2Backend;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.wire.message.MongoQuery;
import io.netty.channel.Channel;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.h2.mvstore.MVStore;

/**
 * The databases of one file. The file is written by {@link #write()} alone, and never in the middle of a command, so that what it
 * holds after a kill is the state between two commands: a document and its places in the indexes are there together, or not.
 */
final class IndexedBackend extends H2Backend {

    private final ReadWriteLock commands = new ReentrantReadWriteLock();

    /** @param store with automatic commits off, or in memory */
    IndexedBackend(MVStore store) {
        super(store);
    }

    @Override
    protected MongoDatabase openOrCreateDatabase(String name) {
        return new IndexedDatabase(name, getMvStore(), getCursorRegistry());
    }

    @Override
    public Document handleCommand(Channel channel, String database, String command, Document query) {
        commands.readLock().lock();
        try {
            return super.handleCommand(channel, database, command, query);
        } finally {
            commands.readLock().unlock();
        }
    }

    @Override
    public QueryResult handleQuery(MongoQuery query) {
        commands.readLock().lock();
        try {
            return super.handleQuery(query);
        } finally {
            commands.readLock().unlock();
        }
    }

    /** Writes all that was changed since the last time to the file, between two commands. */
    void write() {
        commands.writeLock().lock();
        try {
            getMvStore().commit();
        } finally {
            commands.writeLock().unlock();
        }
    }

    /** Gives room in the file back: moves live pages out of chunks that are mostly dead. */
    void tidy(int fillPercent, int bytes) {
        commands.writeLock().lock();
        try {
            getMvStore().compact(fillPercent, bytes);
        } finally {
            commands.writeLock().unlock();
        }
    }
}
