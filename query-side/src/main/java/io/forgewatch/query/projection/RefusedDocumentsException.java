package io.forgewatch.query.projection;

import java.util.Map;
import java.util.TreeMap;

/**
 * Documents that the store does not take though it takes others: too large, a key that is too long or somebody else's, against a
 * rule of the collection. It is a matter of these documents, not of the store.
 */
public final class RefusedDocumentsException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Map<String, String> reasons;

    /** @param reasons by the ids of the documents */
    public RefusedDocumentsException(Map<String, String> reasons) {
        super(new TreeMap<>(reasons).toString(), null, false, false);
        this.reasons = Map.copyOf(reasons);
    }

    /** Why each was refused, by its id. */
    public Map<String, String> reasons() {
        return reasons;
    }
}
