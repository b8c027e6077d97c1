package io.forgewatch.web;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The piece of an answer that was handed over last. When writing ends before it was asked for, its buffers are nobody's, and the
 * server's memory, which is outside the heap, would be less by them for good.
 */
final class UnsentPiece {

    private final AtomicReference<@Nullable Piece> last = new AtomicReference<>();

    /** @param asked once true, the buffers belong to whoever asked */
    private record Piece(Publisher<? extends DataBuffer> content, AtomicBoolean asked) {

        Publisher<? extends DataBuffer> handedOver() {
            return content instanceof Mono
                    ? Mono.defer(() -> isFirst() ? Mono.from(content) : Mono.empty())
                    : Flux.defer(() -> isFirst() ? Flux.from(content) : Flux.empty());
        }

        boolean isFirst() {
            return asked.compareAndSet(false, true);
        }
    }

    /** The pieces as they are, each noted as it is handed over. */
    Flux<Publisher<? extends DataBuffer>> watched(Publisher<? extends Publisher<? extends DataBuffer>> pieces) {
        return Flux.from(pieces).map(content -> {
            Piece piece = new Piece(content, new AtomicBoolean());
            last.set(piece);
            return piece.handedOver();
        });
    }

    /** To be called when writing is over, however it ended. */
    void release() {
        Piece piece = last.getAndSet(null);
        if (piece != null && piece.isFirst()) {
            Flux.from(piece.content()).subscribe(DataBufferUtils.releaseConsumer(), broken -> {});
        }
    }
}
