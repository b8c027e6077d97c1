package io.forgewatch.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code run.json}: where everything runs and who can sign in, for tools and tests. It is there exactly while the stack is ready.
 *
 * @param pid of the one process that runs it all
 * @param command the command side's address
 * @param query the query side's address
 * @param postgres {@code postgresql://user:password@host:port/db}
 * @param kafka what clients bootstrap from
 * @param mongodb the document store's address
 * @param accounts by tier: ministry, province, enterprise, auditor
 * @param gateways the first belongs to the works whose pump fails
 */
public record RunFile(
        long pid,
        String command,
        String query,
        String postgres,
        String kafka,
        String mongodb,
        Map<String, Account> accounts,
        List<Gateway> gateways) {

    /** Who can sign in. */
    public record Account(String username, String password) {}

    /** @param secret the key of its signatures, Base64 */
    public record Gateway(String id, String enterpriseId, String secret) {}

    RunFile peopled(Map<String, Account> people, List<Gateway> doors) {
        return new RunFile(pid, command, query, postgres, kafka, mongodb, people, doors);
    }

    /** What a running stack wrote. */
    public static RunFile read(Path file) throws IOException {
        return new JsonMapper().readValue(Files.readString(file), RunFile.class);
    }

    /** Writes it whole; only its owner may read it. */
    void write(Path file) throws IOException {
        Secrets.write(file, new JsonMapper().writerWithDefaultPrettyPrinter().writeValueAsString(this));
    }
}
