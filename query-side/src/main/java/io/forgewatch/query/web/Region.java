package io.forgewatch.query.web;

import static com.mongodb.client.model.Filters.eq;

import com.mongodb.client.model.IndexModel;
import com.mongodb.client.model.Indexes;
import io.forgewatch.event.enterprise.EnterpriseId;
import io.forgewatch.event.identity.Jurisdiction;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.bson.conversions.Bson;

/**
 * Jurisdiction as the documents know it: each carries its enterprise and the three prefixes of its region, so that whatever a
 * caller may see is one equality and lists run along one index.
 */
public final class Region {

    private static final String ENTERPRISE = "enterpriseId";
    private static final Map<Integer, String> FIELDS = Map.of(2, "province", 4, "city", 6, "county");

    private Region() {}

    /** The fields of a document that belongs to this enterprise. */
    public static Map<String, Object> keys(String enterpriseId) {
        String region = new EnterpriseId(enterpriseId).region();
        Map<String, Object> keys = new LinkedHashMap<>();
        keys.put(ENTERPRISE, enterpriseId);
        FIELDS.forEach((digits, field) -> keys.put(field, region.substring(0, digits)));
        return keys;
    }

    /** Empty for the nation. */
    public static List<Bson> filter(Jurisdiction scope) {
        return switch (scope) {
            case Jurisdiction.Nation _ -> List.of();
            case Jurisdiction.Region(String prefix) -> List.of(eq(FIELDS.get(prefix.length()), prefix));
            case Jurisdiction.Enterprise(EnterpriseId id) -> List.of(eq(ENTERPRISE, id.value()));
        };
    }

    /** The jurisdictions that an enterprise belongs to, as the wire writes them, the widest first; the last is its own. */
    public static List<String> scopes(String enterpriseId) {
        EnterpriseId id = new EnterpriseId(enterpriseId);
        return Stream.of(
                        new Jurisdiction.Nation(),
                        new Jurisdiction.Region(id.region().substring(0, 2)),
                        new Jurisdiction.Region(id.region().substring(0, 4)),
                        new Jurisdiction.Region(id.region()),
                        new Jurisdiction.Enterprise(id))
                .map(Jurisdiction::wire)
                .toList();
    }

    /** Newest first for every jurisdiction, alone and after each of these fields. */
    public static List<IndexModel> indexes(String... fields) {
        List<IndexModel> indexes = new ArrayList<>();
        indexes.add(new IndexModel(Indexes.descending(Order.FIELD)));
        for (String scope : List.of("province", "city", "county", ENTERPRISE)) {
            indexes.add(newestFirst(scope));
        }
        for (String field : fields) {
            indexes.add(newestFirst(field));
            indexes.add(newestFirst("province", field));
            indexes.add(newestFirst(ENTERPRISE, field));
        }
        return indexes;
    }

    private static IndexModel newestFirst(String... fields) {
        return new IndexModel(Indexes.compoundIndex(Indexes.ascending(fields), Indexes.descending(Order.FIELD)));
    }
}
