package io.forgewatch.stack.demo;

import io.forgewatch.stack.RunFile;
import io.forgewatch.stack.Secrets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the demonstration remembers from one start to the next, in a file that only its owner may read.
 *
 * @param loaded whether the whole country is registered
 * @param plays how often the failure has been played
 * @param accounts by username
 * @param gateways with the secrets that were told once
 */
record Ledger(boolean loaded, int plays, Map<String, RunFile.Account> accounts, List<RunFile.Gateway> gateways) {

    private static final JsonMapper MAPPER = new JsonMapper();

    Ledger {
        accounts = Map.copyOf(accounts);
        gateways = List.copyOf(gateways);
    }

    static Ledger read(Path file) throws IOException {
        return Files.exists(file)
                ? MAPPER.readValue(Files.readString(file), Ledger.class)
                : new Ledger(false, 0, Map.of(), List.of());
    }

    void write(Path file) throws IOException {
        Secrets.write(file, MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(this));
    }

    Ledger complete() {
        return new Ledger(true, plays, accounts, gateways);
    }

    Ledger playedOnceMore() {
        return new Ledger(loaded, plays + 1, accounts, gateways);
    }

    Ledger with(RunFile.Account account) {
        Map<String, RunFile.Account> more = new HashMap<>(accounts);
        more.put(account.username(), account);
        return new Ledger(loaded, plays, more, gateways);
    }

    Ledger with(RunFile.Gateway gateway) {
        List<RunFile.Gateway> more = new ArrayList<>(gateways);
        more.add(gateway);
        return new Ledger(loaded, plays, accounts, more);
    }

    boolean hasAccount(String username) {
        return accounts.containsKey(username);
    }

    RunFile.Account account(String username) {
        RunFile.Account account = accounts.get(username);
        if (account == null) {
            throw new IllegalStateException("The demonstration has no account " + username);
        }
        return account;
    }

    Optional<RunFile.Gateway> gateway(String enterpriseId) {
        return gateways.stream()
                .filter(gateway -> gateway.enterpriseId().equals(enterpriseId))
                .findFirst();
    }
}
