package io.forgewatch.stack;

/** The command line asks for something that there is not; the program ends with 2. */
public class UsageException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public UsageException(String message) {
        super(message);
    }
}
