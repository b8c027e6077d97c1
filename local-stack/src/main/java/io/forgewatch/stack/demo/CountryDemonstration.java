package io.forgewatch.stack.demo;

import io.forgewatch.stack.Demonstration;
import io.forgewatch.stack.Progress;
import io.forgewatch.stack.RunFile;
import io.forgewatch.stack.StackException;
import io.forgewatch.stack.StackHome;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Loads the demonstration country the first time, and plays a pump failure at the next works in turn every time. */
public final class CountryDemonstration implements Demonstration {

    private static final int SKAB_FLOW = 8;
    private static final int SKAB_FLUID_TEMPERATURE = 6;
    private static final int SKAB_FILES = 7;
    private static final int SKAB_ROWS = 2000;

    private final Path root;
    private final Optional<String> shared;

    /**
     * @param root where to begin looking for the folder of real data
     * @param shared where it is, when told
     */
    public CountryDemonstration(Path root, Optional<String> shared) {
        this.root = root;
        this.shared = shared;
    }

    @Override
    public Play begin(RunFile where, StackHome home, Progress progress) throws IOException, InterruptedException {
        Country country = Country.standard();
        Path ledgerFile = home.data().resolve("demonstration").resolve("ledger.json");
        Ledger ledger = Ledger.read(ledgerFile);
        HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(5))
                .build();
        RunFile.Account ministry = ministry(where);
        List<Country.Works> failing = country.failing();
        Country.Works unlucky = failing.get(ledger.plays() % failing.size());
        if (!ledger.loaded() || !ledger.hasAccount(CountryLoader.countyAccount(unlucky.region()))) {
            CommandApi api = CommandApi.signInWhenOpened(client, where.command(), ministry);
            CountryLoader loader = new CountryLoader(country, api, ledger, ledgerFile, progress);
            ledger = ledger.loaded() ? loader.openLocalAuthorities() : loader.load();
        }
        Map<Country.Works, PlayedWorks> works = new LinkedHashMap<>();
        for (Country.Works enterprise : country.enterprises()) {
            GatewayDoor door = new GatewayDoor(client, where.commands(), gateway(ledger, enterprise));
            works.put(enterprise, new PlayedWorks(door, country, enterprise));
        }
        drive(country, works, unlucky, progress);
        Performance performance = new Performance(
                client, List.copyOf(works.values()), accounts(ledger, ministry, unlucky), gateways(ledger, unlucky));
        performance.start();
        ledger.playedOnceMore().write(ledgerFile);
        progress.tell(
                "Readings are played; in 20 s the cooling-water pressure of " + unlucky.name() + " begins to fail");
        return performance;
    }

    private void drive(Country country, Map<Country.Works, PlayedWorks> works, Country.Works unlucky, Progress progress)
            throws IOException {
        Optional<RealData> data = RealData.find(root, shared);
        PlayedWorks.Point pressure = new PlayedWorks.Point(unlucky.id() + "010001", "BF_CW_P");
        if (data.isEmpty()) {
            progress.tell("The folder of real sensor data (shared/data) is not there: the pump failure is simulated");
            played(works, unlucky).drive(pressure, PumpFailure.simulated());
            return;
        }
        progress.tell("Real sensor data from " + data.get());
        played(works, unlucky).drive(pressure, PumpFailure.real(data.get()));
        Country.Works casting = country.enterprises().stream()
                .filter(enterprise -> enterprise.works().equals("ALUMINIUM"))
                .findFirst()
                .orElseThrow();
        String pit = casting.id() + "210001";
        played(works, casting).drive(new PlayedWorks.Point(pit, "AL_CW_F"), loop(data.get(), SKAB_FLOW));
        played(works, casting).drive(new PlayedWorks.Point(pit, "AL_CW_TIN"), loop(data.get(), SKAB_FLUID_TEMPERATURE));
    }

    private static PlayedWorks played(Map<Country.Works, PlayedWorks> works, Country.Works enterprise) {
        PlayedWorks played = works.get(enterprise);
        if (played == null) {
            throw new IllegalStateException(enterprise.id());
        }
        return played;
    }

    /** The files whose valve closes only as far as the limits allow, one after the other. */
    private static Series loop(RealData data, int column) throws IOException {
        List<Double> values = new ArrayList<>();
        for (int file = 0; file < SKAB_FILES; file++) {
            values.addAll(data.column("skab/valve1-" + file + ".csv", ";", column, 0, SKAB_ROWS));
        }
        return new RepeatedSeries(values);
    }

    private static RunFile.Account ministry(RunFile where) {
        RunFile.Account ministry = where.accounts().get("ministry");
        if (ministry == null) {
            throw new StackException("The demonstration needs the ministry's account");
        }
        return ministry;
    }

    private static RunFile.Gateway gateway(Ledger ledger, Country.Works enterprise) {
        return ledger.gateway(enterprise.id())
                .orElseThrow(() -> new StackException("The demonstration has lost the gateway of " + enterprise.id()
                        + "; './forgewatch run --fresh' starts from nothing."));
    }

    private static Map<String, RunFile.Account> accounts(
            Ledger ledger, RunFile.Account ministry, Country.Works unlucky) {
        Map<String, RunFile.Account> accounts = new LinkedHashMap<>();
        accounts.put("ministry", ministry);
        accounts.put("province", ledger.account(CountryLoader.provinceAccount(unlucky.region())));
        accounts.put("city", ledger.account(CountryLoader.cityAccount(unlucky.region())));
        accounts.put("county", ledger.account(CountryLoader.countyAccount(unlucky.region())));
        accounts.put("enterprise", ledger.account(CountryLoader.enterpriseAccount(unlucky.id())));
        accounts.put("auditor", ledger.account(CountryLoader.AUDITOR));
        return accounts;
    }

    private static List<RunFile.Gateway> gateways(Ledger ledger, Country.Works unlucky) {
        List<RunFile.Gateway> gateways = new ArrayList<>();
        gateways.add(gateway(ledger, unlucky));
        ledger.gateways().stream()
                .filter(gateway -> !gateway.enterpriseId().equals(unlucky.id()))
                .forEach(gateways::add);
        return gateways;
    }
}
