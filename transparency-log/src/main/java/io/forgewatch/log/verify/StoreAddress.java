package io.forgewatch.log.verify;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Properties;

/** Where the store is, from {@code postgresql://user:password@host:port/database}, as JDBC takes it. */
record StoreAddress(String jdbcUrl, Properties login) {

    private static final int DEFAULT_PORT = 5432;

    /** @throws IllegalArgumentException when it has not that form; the message does not repeat the password */
    static StoreAddress parse(String url) {
        URI uri;
        try {
            uri = URI.create(url);
        } catch (IllegalArgumentException e) {
            throw wrong();
        }
        boolean scheme = "postgresql".equals(uri.getScheme()) || "postgres".equals(uri.getScheme());
        if (!scheme
                || uri.getHost() == null
                || uri.getRawPath() == null
                || uri.getRawPath().length() < 2) {
            throw wrong();
        }
        Properties login = new Properties();
        if (uri.getRawUserInfo() != null) {
            String[] parts = uri.getRawUserInfo().split(":", 2);
            login.setProperty("user", decoded(parts[0]));
            if (parts.length > 1) {
                login.setProperty("password", decoded(parts[1]));
            }
        }
        int port = uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort();
        return new StoreAddress("jdbc:postgresql://" + uri.getHost() + ":" + port + uri.getRawPath(), login);
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private static IllegalArgumentException wrong() {
        return new IllegalArgumentException(
                "The store's address must look like postgresql://user:password@host:port/database");
    }
}
