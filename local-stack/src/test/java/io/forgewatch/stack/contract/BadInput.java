package io.forgewatch.stack.contract;

/**
 * One call that is wrong in one place.
 *
 * @param place a JSON pointer into the body, or a parameter such as {@code ?limit}
 * @param wrong what is wrong there, in a word
 */
record BadInput(String place, String wrong, Call call) {}
