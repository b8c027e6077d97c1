package io.forgewatch.stack.contract;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A request to one operation, before it is known who sends it.
 *
 * @param target path and query
 * @param headers stronger than what a caller says of himself; an empty one is left out
 * @param sequence of the frame, where it is one
 */
record Call(String method, String target, Map<String, String> headers, byte[] body, long sequence) {

    Call withTarget(String other) {
        return new Call(method, other, headers, body, sequence);
    }

    Call withBody(byte[] other) {
        return new Call(method, target, headers, other, sequence);
    }

    Call withHeader(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new Call(method, target, more, body, sequence);
    }

    Call withMethod(String other) {
        return new Call(other, target, headers, body, sequence);
    }
}
