package io.forgewatch.command.detection;

/** A signal that only newer code can read: it is to be kept until there is such. */
final class NewerSignalException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    /** @param what the code here does not know */
    NewerSignalException(String what) {
        super("Only a newer release can read this signal: " + what + " 仅新版本能处理该信号");
    }
}
