package io.forgewatch.command.gateway;

import io.forgewatch.event.telemetry.Frame;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What a gateway is told about a frame: {@code {"sequence", "accepted", "refused": [{"index", "code", "detail"}]}}.
 *
 * @param sequence unsigned
 */
record Answer(long sequence, int accepted, List<Frame.Refused> refused) {

    Answer {
        refused = List.copyOf(refused);
    }

    byte[] json() {
        StringBuilder json = new StringBuilder(64 + refused.size() * 120)
                .append("{\"sequence\":")
                .append(Long.toUnsignedString(sequence))
                .append(",\"accepted\":")
                .append(accepted)
                .append(",\"refused\":[");
        String separator = "";
        for (Frame.Refused one : refused) {
            // Codes and details are our own words without anything to escape.
            json.append(separator)
                    .append("{\"index\":")
                    .append(one.index())
                    .append(",\"code\":\"")
                    .append(one.code().wire())
                    .append("\",\"detail\":\"")
                    .append(one.code().detail())
                    .append("\"}");
            separator = ",";
        }
        return json.append("]}").toString().getBytes(StandardCharsets.UTF_8);
    }
}
