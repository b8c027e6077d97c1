package io.forgewatch.stack.demo;

import io.forgewatch.event.identity.Role;
import io.forgewatch.stack.Progress;
import io.forgewatch.stack.RunFile;
import io.forgewatch.stack.Secrets;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Registers the country through the command side's API. Broken off anywhere, it goes on at the next start. */
final class CountryLoader {

    private final Country country;
    private final CommandApi ministry;
    private final Path ledgerFile;
    private final Progress progress;
    private Ledger ledger;

    CountryLoader(Country country, CommandApi ministry, Ledger ledger, Path ledgerFile, Progress progress) {
        this.country = country;
        this.ministry = ministry;
        this.ledger = ledger;
        this.ledgerFile = ledgerFile;
        this.progress = progress;
    }

    static String provinceAccount(String region) {
        return "province-" + region.substring(0, 2);
    }

    /** @param region six digits of GB/T 2260 */
    static String cityAccount(String region) {
        return "city-" + region.substring(0, 4);
    }

    /** @param region six digits of GB/T 2260 */
    static String countyAccount(String region) {
        return "county-" + region;
    }

    static String enterpriseAccount(String enterpriseId) {
        return enterpriseId.toLowerCase(Locale.ROOT);
    }

    /** The account that reads everybody's history. */
    static final String AUDITOR = "auditor";

    Ledger load() throws IOException, InterruptedException {
        int devices = 0;
        int points = 0;
        for (Country.Works works : country.enterprises()) {
            register(works);
            for (Country.Device device : country.devices(works)) {
                register(works, device);
                devices++;
                points += country.indicators(device).size();
            }
            if (ledger.gateway(works.id()).isEmpty()) {
                openDoor(works);
            }
            progress.tell("Registered " + works.name());
        }
        for (Country.Province province : country.provinces()) {
            open(provinceAccount(province.region()), Role.PROVINCE, "region:" + province.region(), province.name());
        }
        openLocalAuthorities();
        for (Country.Works works : country.enterprises()) {
            open(enterpriseAccount(works.id()), Role.ENTERPRISE, "enterprise:" + works.id(), works.name());
        }
        open(AUDITOR, Role.AUDITOR, "nation", "审计");
        remember(ledger.complete());
        progress.tell("The demonstration country is loaded: "
                + country.provinces().size() + " provinces, "
                + country.enterprises().size() + " enterprises, " + devices + " devices, " + points + " points");
        return ledger;
    }

    /** City and county of each works whose pump fails; all that a folder of an earlier release may miss. */
    Ledger openLocalAuthorities() throws IOException, InterruptedException {
        for (Country.Works works : country.failing()) {
            String city = works.region().substring(0, 4);
            open(cityAccount(works.region()), Role.PROVINCE, "region:" + city, city + " 市应急管理局");
            open(countyAccount(works.region()), Role.PROVINCE, "region:" + works.region(), works.region() + " 县应急管理局");
        }
        return ledger;
    }

    private void register(Country.Works works) throws IOException, InterruptedException {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("id", works.id());
        body.put("name", works.name());
        body.put("region", works.region());
        body.put("industry", works.profile().industry());
        body.put("profile", works.profile());
        ministry.post("/enterprises", body, "demonstration-" + works.id());
    }

    private void register(Country.Works works, Country.Device device) throws IOException, InterruptedException {
        String id = works.deviceId(device);
        ministry.post(
                "/enterprises/" + works.id() + "/devices",
                Map.of(
                        "id",
                        id,
                        "name",
                        device.name(),
                        "area",
                        device.area(),
                        "indicators",
                        country.indicators(device)),
                "demonstration-" + id);
    }

    private void openDoor(Country.Works works) throws IOException, InterruptedException {
        // The same key gets the same answer again, should the secret be lost between answer and file.
        JsonNode answer = ministry.post(
                "/enterprises/" + works.id() + "/gateways", Map.of(), "demonstration-gateway-" + works.id());
        remember(ledger.with(new RunFile.Gateway(
                answer.required("id").asString(),
                works.id(),
                answer.required("secret").asString())));
    }

    private void open(String username, Role role, String jurisdiction, String name)
            throws IOException, InterruptedException {
        if (!ledger.accounts().containsKey(username)) {
            // Kept before it is asked for: an account whose password nobody knows is of no use.
            remember(ledger.with(new RunFile.Account(username, Secrets.password())));
        }
        ministry.ensure(
                "/accounts",
                Map.of(
                        "username", username,
                        "role", role,
                        "jurisdiction", jurisdiction,
                        "displayName", name,
                        "password", ledger.account(username).password()),
                "demonstration-account-" + username);
    }

    private void remember(Ledger newer) throws IOException {
        newer.write(ledgerFile);
        ledger = newer;
    }
}
