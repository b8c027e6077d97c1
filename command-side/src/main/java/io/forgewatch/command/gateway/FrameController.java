package io.forgewatch.command.gateway;

import io.forgewatch.event.telemetry.FrameSignature;
import io.forgewatch.web.Problem;
import io.forgewatch.web.Refusals;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** HTTP of the door for readings: what headers refuse is refused before the body is read. */
@RestController
@Tag(name = "telemetry", description = "Readings from gateways 读数上报")
class FrameController {

    private static final String EXAMPLE = """
            {"sequence": 91, "readings": [{"device": "GT3702110001010001", "indicator": "BF_CW_P", \
            "at": 1732440000100, "value": 0.42}]}""";

    private final SignatureCheck signatures;
    private final FrameDoor door;
    private final Opening opening;
    private final FrameMetrics metrics;

    FrameController(SignatureCheck signatures, FrameDoor door, Opening opening, FrameMetrics metrics) {
        this.signatures = signatures;
        this.door = door;
        this.opening = opening;
        this.metrics = metrics;
    }

    @PostMapping(FrameSignature.PATH)
    @SecurityRequirement(name = "httpSignature")
    @Operation(
            summary = "Sends a gateway's readings 上报读数",
            description =
                    "Signed by RFC 9421 with HMAC-SHA256 over exactly (\"@method\" \"@path\" \"content-digest\"), "
                            + "parameters created, nonce (the sequence), keyid (the gateway) and alg. Answered once the frame is "
                            + "on disk; the same sequence and body again gets the first answer again.",
            parameters = {
                @Parameter(
                        name = "Signature-Input",
                        in = ParameterIn.HEADER,
                        required = true,
                        description = "RFC 9421, one signature",
                        schema = @Schema(type = "string"),
                        example = "sig1=(\"@method\" \"@path\" \"content-digest\");created=1732440000;nonce=\"91\""
                                + ";keyid=\"GT3702110001-G1\";alg=\"hmac-sha256\""),
                @Parameter(
                        name = "Signature",
                        in = ParameterIn.HEADER,
                        required = true,
                        description = "RFC 9421, under the same label",
                        schema = @Schema(type = "string"),
                        example = "sig1=:q83vEjRWeJASNFZ4kBI0VniQEjRWeJASNFZ4kBI0Vng=:"),
                @Parameter(
                        name = "Content-Digest",
                        in = ParameterIn.HEADER,
                        required = true,
                        description = "RFC 9530, SHA-256 of the bytes sent",
                        schema = @Schema(type = "string"),
                        example = "sha-256=:q83vEjRWeJASNFZ4kBI0VniQEjRWeJASNFZ4kBI0Vng=:"),
                @Parameter(
                        name = "Content-Encoding",
                        in = ParameterIn.HEADER,
                        description = "Left out when the body is not packed",
                        schema =
                                @Schema(
                                        type = "string",
                                        allowableValues = {"gzip", "x-gzip", "identity"}),
                        example = "gzip")
            },
            requestBody =
                    @RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = "application/json",
                                            schema = @Schema(implementation = FrameDocument.class),
                                            examples = @ExampleObject(EXAMPLE))))
    @ApiResponse(
            responseCode = "202",
            description = "On disk; readings that were not taken are listed",
            content =
                    @Content(
                            mediaType = "application/json",
                            schema = @Schema(implementation = FrameDocument.AnswerDocument.class)))
    @Refusals({
        "clock-skew",
        "digest-mismatch",
        "frame-too-large",
        "gateway-unknown",
        "invalid-frame",
        "malformed-json",
        "sequence-conflict",
        "sequence-mismatch",
        "sequence-too-old",
        "signature-invalid",
        "signature-missing",
        "too-many-readings",
        "too-many-requests",
        "unsupported-media-type"
    })
    Mono<Void> sendFrame(@Parameter(hidden = true) ServerWebExchange exchange) {
        return Mono.defer(() -> answer(exchange.getRequest()))
                .doOnError(Problem.class, problem -> metrics.refused(problem.code()))
                .flatMap(answer -> write(exchange.getResponse(), answer));
    }

    private Mono<Answer> answer(ServerHttpRequest request) {
        if (!opening.isOpen()) {
            throw FrameDoor.soon();
        }
        boolean gzip = FrameBody.isGzip(request.getHeaders());
        SignatureCheck.Signed signed = signatures.check(request);
        return FrameBody.sent(request).flatMap(sent -> door.take(signed, sent, gzip));
    }

    private static Mono<Void> write(ServerHttpResponse response, Answer answer) {
        byte[] json = answer.json();
        response.setStatusCode(HttpStatus.ACCEPTED);
        response.getHeaders().setContentType(MediaType.APPLICATION_JSON);
        response.getHeaders().setContentLength(json.length);
        DataBuffer buffer = response.bufferFactory().wrap(json);
        return response.writeWith(Mono.just(buffer));
    }
}
