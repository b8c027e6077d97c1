package io.forgewatch.web;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.springframework.core.Ordered;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.channel.AbortedException;
import reactor.netty.http.server.HttpServerResponse;

/**
 * An answer that goes on, as a stream or an export does, ends with the connection of whoever asked. Spring's
 * {@code ChannelSendOperator} begins with the source before it begins to write, and when the connection turns out to be gone by
 * then it lets go of the source without ending it: whatever that holds (a listener's place, a connection to a store) would be held
 * for good, once for everybody who vanishes at once after asking. A request breaks off with it too, and that is no failure of ours.
 */
final class AbandonedAnswers implements WebFilter, Ordered {

    /** Before all that may answer. */
    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        Channel connection = connection(exchange.getResponse());
        return connection == null
                ? chain.filter(exchange)
                : chain.filter(exchange.mutate()
                        .request(new Breaking(exchange.getRequest()))
                        .response(new Ending(exchange.getResponse(), connection))
                        .build());
    }

    /** Whether a failure is only that whoever asked is gone: nobody's error, and nobody is there to be told. */
    static boolean isAbandoned(ServerHttpResponse response, Throwable failure) {
        Channel connection = connection(response);
        return connection != null
                && !connection.isActive()
                && (failure instanceof IOException || failure instanceof AbortedException);
    }

    private static @Nullable Channel connection(ServerHttpResponse response) {
        AtomicReference<@Nullable Channel> connection = new AtomicReference<>();
        if (ServerHttpResponseDecorator.getNativeResponse(response) instanceof HttpServerResponse answer) {
            answer.withConnection(one -> connection.set(one.channel()));
        }
        return connection.get();
    }

    /** Completes when the connection is closed; nothing stays with it when the answer ends before. */
    private static Mono<Void> closed(Channel connection) {
        return Mono.create(sink -> {
            ChannelFutureListener listener = closing -> sink.success();
            connection.closeFuture().addListener(listener);
            sink.onDispose(() -> connection.closeFuture().removeListener(listener));
        });
    }

    /**
     * A body whose connection is reset fails as what was broken off by whoever sent it. Netty tells before it calls the connection
     * inactive, and by the failure alone a store's connection could be meant.
     */
    private static final class Breaking extends ServerHttpRequestDecorator {

        Breaking(ServerHttpRequest request) {
            super(request);
        }

        @Override
        public Flux<DataBuffer> getBody() {
            return super.getBody().onErrorMap(AbortedException::isConnectionReset, AbortedException::new);
        }
    }

    private static final class Ending extends ServerHttpResponseDecorator {

        private final Channel connection;

        Ending(ServerHttpResponse response, Channel connection) {
            super(response);
            this.connection = connection;
        }

        @Override
        public Mono<Void> writeWith(Publisher<? extends DataBuffer> body) {
            // One buffer is written or not, and then it is over.
            return body instanceof Mono
                    ? super.writeWith(body)
                    : super.writeWith(Flux.from(body).takeUntilOther(closed(connection)));
        }

        @Override
        public Mono<Void> writeAndFlushWith(Publisher<? extends Publisher<? extends DataBuffer>> body) {
            UnsentPiece unsent = new UnsentPiece();
            return super.writeAndFlushWith(unsent.watched(body).takeUntilOther(closed(connection)))
                    .doFinally(over -> unsent.release());
        }
    }
}
