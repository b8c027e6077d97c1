package io.forgewatch.command.web;

import io.forgewatch.web.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Checks the fields of a request and tells all that is wrong at once, each with its pointer: 400 {@code invalid-value}.
 *
 * <p>Types, required fields and unknown ones are checked before, when the JSON is read.
 */
public final class Checked {

    private static final String CODE = "invalid-value";

    private final List<Problem.Item> wrong = new ArrayList<>();

    /** Text of 1 to {@code most} characters (code points) after stripping, without control characters except line breaks and tabs. */
    public String text(String field, String value, int most) {
        String stripped = value.strip();
        if (stripped.isEmpty()
                || stripped.codePointCount(0, stripped.length()) > most
                || stripped.codePoints().anyMatch(Checked::isNoText)) {
            wrong(field, "1 to " + most + " characters, no control characters. 应为 1 至 " + most + " 个字符，不含控制字符。");
        }
        return stripped;
    }

    /** Notes that a field is wrong. */
    public Checked that(boolean right, String field, String detail) {
        if (!right) {
            wrong(field, detail);
        }
        return this;
    }

    /** @throws Problem 400 when anything was wrong */
    public void orRefuse() {
        if (!wrong.isEmpty()) {
            throw new Problem(400, CODE, "Some fields can't be right; see errors. 部分字段取值无效，见 errors。", wrong, Map.of());
        }
    }

    private void wrong(String field, String detail) {
        wrong.add(new Problem.Item("#/" + field, CODE, detail));
    }

    /** A control character, or half of a pair whose other half is missing. */
    private static boolean isNoText(int character) {
        boolean control =
                Character.isISOControl(character) && character != '\n' && character != '\r' && character != '\t';
        return control || Character.getType(character) == Character.SURROGATE;
    }
}
