package io.forgewatch.web;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import java.util.Map;
import org.springframework.boot.reactor.netty.NettyServerCustomizer;
import reactor.netty.NettyPipeline;
import reactor.netty.http.server.HttpServer;
import tools.jackson.databind.json.JsonMapper;

/**
 * Requests that are no HTTP, or whose headers or address are too long, are refused by the server itself, with nothing but a
 * status. They get a problem as their body here, like all others.
 */
final class BareRefusals implements NettyServerCustomizer {

    private static final String HANDLER = "forgewatch.bareRefusals";
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Map<Integer, Problem> KNOWN = Map.of(
            408,
            RequestProblems.tooSlow(),
            413,
            headers(),
            431,
            headers(),
            414,
            new Problem(414, "uri-too-long", "The address has at most 8 KiB. 地址过长。"));

    private final ProblemAnswers answers;

    BareRefusals(ProblemAnswers answers) {
        this.answers = answers;
    }

    @Override
    public HttpServer apply(HttpServer server) {
        return server.doOnChannelInit((observer, channel, remote) -> {
            if (channel.pipeline().get(NettyPipeline.HttpCodec) != null) {
                channel.pipeline().addAfter(NettyPipeline.HttpCodec, HANDLER, new Handler(answers));
            }
        });
    }

    private static Problem headers() {
        return new Problem(431, "header-too-large", "The headers have at most 16 KiB. 请求头过大。");
    }

    /** Stands next to the HTTP codec, where every answer of a connection passes. */
    private static final class Handler extends ChannelOutboundHandlerAdapter {

        private final ProblemAnswers answers;

        Handler(ProblemAnswers answers) {
            this.answers = answers;
        }

        @Override
        public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
            // What becomes of it is told to the promise.
            var _ = context.write(
                    message instanceof FullHttpResponse response && isBare(response) ? explained(response) : message,
                    promise);
        }

        private static boolean isBare(FullHttpResponse response) {
            return response.status().code() >= 400
                    && !response.content().isReadable()
                    && !response.headers().contains(HttpHeaderNames.CONTENT_TYPE);
        }

        private FullHttpResponse explained(FullHttpResponse bare) {
            int status = bare.status().code();
            Problem problem = KNOWN.getOrDefault(
                    status, new Problem(status, "invalid-request", "The request is not readable as HTTP. 请求无法识别。"));
            answers.refused(problem);
            ByteBuf body = Unpooled.wrappedBuffer(JSON.writeValueAsBytes(answers.body(problem, Trace.fresh())));
            FullHttpResponse explained = new DefaultFullHttpResponse(
                    bare.protocolVersion(),
                    io.netty.handler.codec.http.HttpResponseStatus.valueOf(problem.status()),
                    body);
            explained.headers().set(bare.headers());
            explained.headers().set(HttpHeaderNames.CONTENT_TYPE, "application/problem+json");
            explained.headers().set(HttpHeaderNames.CONTENT_LENGTH, body.readableBytes());
            bare.release();
            return explained;
        }
    }
}
