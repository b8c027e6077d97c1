package io.forgewatch.log;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which log a checkpoint is of: {@code <host>/log/<epoch>}, also the name of the keys that sign for it.
 *
 * @param host where the command side is reached, without scheme; a port may follow
 * @param epoch from 1; a new one is opened when the store no longer extends what was published
 */
public record Origin(String host, long epoch) {

    private static final Pattern FORM = Pattern.compile("(.+)/log/([1-9][0-9]{0,17})");

    /** @throws LogFormatException when the host can't stand in a key's name, or the epoch is not from 1 */
    public Origin {
        KeyName.checked(host);
        if (epoch < 1) {
            throw new LogFormatException("Epochs are counted from 1");
        }
    }

    /** @throws LogFormatException when it is not of that form */
    public static Origin parse(String text) {
        Matcher parts = FORM.matcher(text);
        if (!parts.matches()) {
            throw new LogFormatException("Not of the form <host>/log/<epoch>");
        }
        return new Origin(parts.group(1), Long.parseLong(parts.group(2)));
    }

    public Origin next() {
        return new Origin(host, epoch + 1);
    }

    /** {@code <host>/log/<epoch>}. */
    @Override
    public String toString() {
        return host + "/log/" + epoch;
    }
}
