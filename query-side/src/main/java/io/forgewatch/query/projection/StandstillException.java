package io.forgewatch.query.projection;

import java.time.Duration;

/** Who folds a generation gets no further, and others may. */
final class StandstillException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Why he gets no further. */
    enum Kind {
        /** Kafka does not even tell whether there is more. It is known when it does again. */
        AWAY,
        /** There is more, and nothing comes. */
        SILENT,
        /** There is more, and what was done about it failed. */
        FAILING
    }

    private final Kind kind;

    private StandstillException(String why, Kind kind) {
        super(why, null, false, false);
        this.kind = kind;
    }

    static StandstillException away(Duration time) {
        return new StandstillException(
                "For " + time.toSeconds() + " s nothing came, and Kafka does not answer", Kind.AWAY);
    }

    static StandstillException silent(Duration time, long read, long end) {
        return new StandstillException(
                "For " + time.toSeconds() + " s nothing came behind offset " + read + ", though the topic goes on to "
                        + end + ". 读取停滞，已让给其他实例。",
                Kind.SILENT);
    }

    static StandstillException failing(Duration time, long read, long end) {
        return new StandstillException(
                "For " + time.toSeconds() + " s nothing behind offset " + read
                        + " could be done, though the topic goes on to " + end + ". 处理持续失败，已让给其他实例。",
                Kind.FAILING);
    }

    Kind kind() {
        return kind;
    }
}
