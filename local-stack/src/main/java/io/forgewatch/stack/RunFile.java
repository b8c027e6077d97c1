package io.forgewatch.stack;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code run.json}: where everything runs and who can sign in, for tools and tests. It is there exactly while the stack is ready.
 *
 * @param pid of the process that runs the stores, and both sides unless each instance has one of its own
 * @param command the address of the command side, or of its first instance
 * @param query the address of the query side, or of its first instance
 * @param postgres {@code postgresql://user:password@host:port/db}
 * @param kafka what clients bootstrap from
 * @param mongodb the document store's address
 * @param accounts by tier: ministry, province, city, county, enterprise, auditor
 * @param gateways the first belongs to the works whose pump fails
 * @param instances those in processes of their own ({@code --sides 2}), as they were started; else none
 */
public record RunFile(
        long pid,
        String command,
        String query,
        String postgres,
        String kafka,
        String mongodb,
        Map<String, Account> accounts,
        List<Gateway> gateways,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Instance> instances) {

    static final String COMMAND = "command";
    static final String QUERY = "query";

    public RunFile {
        instances = instances == null ? List.of() : List.copyOf(instances);
    }

    /** Who can sign in. */
    public record Account(String username, String password) {}

    /** @param secret the key of its signatures, Base64 */
    public record Gateway(String id, String enterpriseId, String secret) {}

    /**
     * An instance in a process of its own.
     *
     * @param side {@code command} or {@code query}
     */
    public record Instance(String side, String url, long pid) {}

    RunFile peopled(Map<String, Account> people, List<Gateway> doors) {
        return new RunFile(pid, command, query, postgres, kafka, mongodb, people, doors, instances);
    }

    /** The address of every instance of the command side, the first one's first. */
    public List<String> commands() {
        return addresses(COMMAND, command);
    }

    /** The address of every instance of the query side, the first one's first. */
    public List<String> queries() {
        return addresses(QUERY, query);
    }

    private List<String> addresses(String side, String only) {
        return instances.isEmpty()
                ? List.of(only)
                : instances.stream()
                        .filter(one -> one.side().equals(side))
                        .map(Instance::url)
                        .toList();
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
