package io.forgewatch.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.core.io.buffer.NettyDataBufferFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

class UnsentPieceTest {

    private final NettyDataBufferFactory buffers = new NettyDataBufferFactory(UnpooledByteBufAllocator.DEFAULT);
    private final UnsentPiece unsent = new UnsentPiece();

    @Test
    void givenAPieceThatNobodyAskedFor_whenWritingIsOver_thenItIsReleasedOnce() {
        DataBuffer buffer = buffer();
        List<Publisher<? extends DataBuffer>> handedOver = handedOver(Mono.just(buffer));
        assertThat(references(buffer)).isEqualTo(1);
        unsent.release();
        unsent.release();
        assertThat(references(buffer)).isZero();
        assertThat(Flux.from(handedOver.getFirst()).collectList().block())
                .as("whoever asks for it later gets nothing")
                .isEmpty();
    }

    @Test
    void givenAPieceOfSeveralBuffersThatNobodyAskedFor_whenWritingIsOver_thenAllAreReleased() {
        List<DataBuffer> two = List.of(buffer(), buffer());
        assertThat(handedOver(Flux.fromIterable(two))).hasSize(1);
        unsent.release();
        assertThat(two).allMatch(buffer -> references(buffer) == 0);
    }

    @Test
    void givenAPieceThatWasAskedFor_whenWritingIsOver_thenItIsLeftToWhoeverAsked() {
        DataBuffer buffer = buffer();
        List<Publisher<? extends DataBuffer>> handedOver = handedOver(Mono.just(buffer));
        assertThat(handedOver.getFirst()).isInstanceOf(Mono.class);
        DataBuffer sent = Mono.from(handedOver.getFirst()).block();
        unsent.release();
        assertThat(references(buffer)).isEqualTo(1);
        assertThat(DataBufferUtils.release(sent)).isTrue();
    }

    @Test
    void givenNoPiece_whenWritingIsOver_thenNothingHappens() {
        assertThat(unsent.watched(Flux.empty()).collectList().block()).isEmpty();
        unsent.release();
    }

    private List<Publisher<? extends DataBuffer>> handedOver(Publisher<? extends DataBuffer> piece) {
        return unsent.watched(Flux.just(piece)).collectList().block();
    }

    private DataBuffer buffer() {
        ByteBuf content = UnpooledByteBufAllocator.DEFAULT.buffer().writeByte(7);
        return buffers.wrap(content);
    }

    private static int references(DataBuffer buffer) {
        return NettyDataBufferFactory.toByteBuf(buffer).refCnt();
    }
}
