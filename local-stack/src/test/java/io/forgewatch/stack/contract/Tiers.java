package io.forgewatch.stack.contract;

import io.forgewatch.event.identity.Role;
import io.forgewatch.stack.RunFile;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The callers of each column of {@code who-may.csv}, seen from a works in the county 370211 黄岛区. */
final class Tiers {

    private static final int KEY_BYTES = 32;

    private Tiers() {}

    static Map<String, List<Caller>> of(Accounts accounts, Works works, Works neighbour) throws Exception {
        Map<String, List<Caller>> tiers = new LinkedHashMap<>();
        tiers.put("nobody", List.of(new Caller.Nobody(), Accounts.forged(accounts.ministry())));
        tiers.put(
                "gateway",
                List.of(
                        new Caller.Gateway(works.gateway()),
                        new Caller.Gateway(neighbour.gateway()),
                        new Caller.Gateway(otherKey(works.gateway()))));
        tiers.put("ministry", List.of(accounts.ministry()));
        tiers.put("province", authorities(accounts, Role.PROVINCE, "37", "32", "11"));
        tiers.put("city", authorities(accounts, Role.PROVINCE, "3702", "3706", "1101"));
        tiers.put("county", authorities(accounts, Role.PROVINCE, "370211", "370284", "110105"));
        tiers.put(
                "enterprise",
                List.of(
                        works.enterprise(),
                        neighbour.enterprise(),
                        accounts.of(Role.ENTERPRISE, "enterprise:GT1101050001")));
        tiers.put("auditor", List.of(accounts.of(Role.AUDITOR, "nation")));
        tiers.put("regional auditor", authorities(accounts, Role.AUDITOR, "37", "370284", "11"));
        tiers.put("unknown account", List.of(accounts.unknown(works.enterprise())));
        return tiers;
    }

    private static List<Caller> authorities(Accounts accounts, Role role, String own, String neighbour, String foreign)
            throws Exception {
        return List.of(
                accounts.of(role, "region:" + own),
                accounts.of(role, "region:" + neighbour),
                accounts.of(role, "region:" + foreign));
    }

    private static RunFile.Gateway otherKey(RunFile.Gateway gateway) {
        return new RunFile.Gateway(
                gateway.id(), gateway.enterpriseId(), Base64.getEncoder().encodeToString(new byte[KEY_BYTES]));
    }
}
