package io.forgewatch.web;

/** What a caller wrote, in an answer to him: not all of it where it is long, and with nothing that cannot be sent. */
final class Quoted {

    private static final String REPLACEMENT = "\uFFFD";

    private Quoted() {}

    /** @param most characters, of which half of a pair becomes a replacement character */
    static String of(String text, int most) {
        StringBuilder quoted = new StringBuilder();
        text.codePoints().limit(most).forEach(character -> {
            if (Character.getType(character) == Character.SURROGATE) {
                quoted.append(REPLACEMENT);
            } else {
                quoted.appendCodePoint(character);
            }
        });
        return quoted.toString();
    }
}
