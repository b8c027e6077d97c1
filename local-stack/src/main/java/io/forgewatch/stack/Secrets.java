package io.forgewatch.stack;

import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;

/** Files that only their owner may read (mode 600), written whole or not at all. */
public final class Secrets {

    private static final int PASSWORD_BYTES = 24;
    private static final SecureRandom RANDOM = new SecureRandom();

    private Secrets() {}

    /** The password kept in a file; the first time one is made: 32 characters of the URL-safe Base64 alphabet. */
    public static String keptIn(Path file) throws IOException {
        if (!Files.exists(file)) {
            write(file, password());
        }
        return Files.readString(file).strip();
    }

    /** A new password of 32 characters of the URL-safe Base64 alphabet. */
    public static String password() {
        return Base64.getUrlEncoder().encodeToString(random(PASSWORD_BYTES));
    }

    /** Writes a file that only its owner may read; readers see the old content or the new one, never a part. */
    public static void write(Path file, String content) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null) {
            throw new IOException("Not a file: " + file);
        }
        Files.createDirectories(folder);
        Path whole = Files.createTempFile(folder, "." + file.getFileName(), ".part", ownerOnly());
        try {
            Files.writeString(whole, content);
            try {
                Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE);
            } catch (AtomicMoveNotSupportedException elsewhere) {
                Files.move(whole, file, StandardCopyOption.REPLACE_EXISTING);
            }
        } finally {
            Files.deleteIfExists(whole);
        }
    }

    static byte[] random(int bytes) {
        byte[] secret = new byte[bytes];
        RANDOM.nextBytes(secret);
        return secret;
    }

    private static FileAttribute<?>[] ownerOnly() {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }
}
