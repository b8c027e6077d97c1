package io.forgewatch.command.eventstore;

import reactor.blockhound.BlockHound;
import reactor.blockhound.integration.BlockHoundIntegration;

/**
 * Netty's allocator guards its pools, and Jackson what it knows of a type at its first use, by locks that are held for a
 * moment; BlockHound sees them when they are contended.
 */
public final class ShortLocks implements BlockHoundIntegration {

    private static final String ALLOCATOR = "io.netty.buffer.AdaptivePoolingAllocator";

    private static final String JACKSON = "tools.jackson.databind.";

    @Override
    public void applyTo(BlockHound.Builder builder) {
        builder.allowBlockingCallsInside(ALLOCATOR, "allocate")
                .allowBlockingCallsInside(ALLOCATOR, "reallocate")
                .allowBlockingCallsInside(ALLOCATOR + "$AdaptiveByteBuf", "deallocate")
                .allowBlockingCallsInside(ALLOCATOR + "$Magazine", "free")
                .allowBlockingCallsInside(JACKSON + "deser.DeserializerCache", "_createAndCacheValueDeserializer")
                .allowBlockingCallsInside(JACKSON + "ser.SerializerCache", "addAndResolveNonTypedSerializer");
    }
}
