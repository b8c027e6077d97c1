package io.forgewatch.command.gateway;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/** The frame's JSON for the published contract; what comes in is read by {@link FrameReader}, without such objects. */
@Schema(name = "Frame")
record FrameDocument(
        @Schema(
                description = "0 to 2^63-1, used once by a gateway; the nonce of the signature",
                minimum = "0",
                example = "91")
        long sequence,

        @Schema(description = "0 to 2,000; a frame without any is a heartbeat 心跳")
        List<ReadingDocument> readings) {

    @Schema(name = "Reading")
    record ReadingDocument(
            @Schema(example = "GT3702110001010001") String device,
            @Schema(example = "BF_CW_P") String indicator,

            @Schema(description = "epoch milliseconds", example = "1732440000100")
            long at,

            @Schema(description = "in the point's unit", example = "0.42")
            double value) {}

    @Schema(name = "FrameAnswer")
    record AnswerDocument(
            @Schema(example = "91") long sequence,
            @Schema(example = "498") int accepted,
            List<RefusedDocument> refused) {}

    @Schema(name = "RefusedReading")
    record RefusedDocument(
            @Schema(description = "place in the frame, from 0", example = "17")
            int index,

            @Schema(example = "unknown-device") String code,
            String detail) {}
}
