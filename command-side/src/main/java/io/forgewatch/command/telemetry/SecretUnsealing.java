package io.forgewatch.command.telemetry;

/** Opens a gateway's secret as its registration keeps it. */
@FunctionalInterface
public interface SecretUnsealing {

    /**
     * The secret in clear.
     *
     * @throws RuntimeException when it was sealed under another key or was changed
     */
    byte[] unseal(String sealed);
}
