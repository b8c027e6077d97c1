package io.forgewatch.contract;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import org.reactivestreams.Publisher;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Passes on what is written, and puts it down when it is whole: of a stream each event. */
final class TappedResponse extends ServerHttpResponseDecorator {

    private final ServerHttpRequest request;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private final EventData events = new EventData(this::put);
    private boolean isPut;

    TappedResponse(ServerHttpRequest request, ServerHttpResponse response) {
        super(response);
        this.request = request;
    }

    @Override
    public Mono<Void> writeWith(Publisher<? extends DataBuffer> written) {
        return super.writeWith(
                Flux.<DataBuffer>from(written).doOnNext(this::seen).doOnComplete(this::whole));
    }

    @Override
    public Mono<Void> writeAndFlushWith(Publisher<? extends Publisher<? extends DataBuffer>> written) {
        return super.writeAndFlushWith(Flux.from(written)
                .map(part -> Flux.<DataBuffer>from(part).doOnNext(this::seen))
                .doOnComplete(this::whole));
    }

    /** Comes last, and alone where there is no body. */
    @Override
    public Mono<Void> setComplete() {
        whole();
        return super.setComplete();
    }

    private void whole() {
        if (!isStream() && !isPut) {
            isPut = true;
            put(body.toByteArray());
        }
    }

    private void seen(DataBuffer buffer) {
        ByteBuffer copy = ByteBuffer.allocate(buffer.readableByteCount());
        buffer.toByteBuffer(buffer.readPosition(), copy, 0, copy.capacity());
        if (isStream()) {
            events.add(copy.array());
        } else {
            body.writeBytes(copy.array());
        }
    }

    private boolean isStream() {
        String type = getHeaders().getFirst(HttpHeaders.CONTENT_TYPE);
        return type != null && type.startsWith(PublishedContracts.EVENTS);
    }

    private void put(byte[] content) {
        int status = getStatusCode() == null ? 200 : getStatusCode().value();
        Answers.OF_THIS_JVM.put(new Answer(
                request.getMethod().name(),
                request.getPath().pathWithinApplication().value(),
                status,
                getHeaders().getFirst(HttpHeaders.CONTENT_TYPE),
                content));
    }
}
