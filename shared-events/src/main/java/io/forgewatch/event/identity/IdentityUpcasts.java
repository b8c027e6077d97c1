package io.forgewatch.event.identity;

import io.forgewatch.event.Upcaster;
import java.util.List;

/** Accounts carried the hash of their first password once. It stays in the bytes that were stored, and is read from no event. */
public final class IdentityUpcasts {

    public static final List<Upcaster> STEPS = List.of(new Upcaster("AccountOpened", 1, opened -> {
        opened.remove("passwordHash");
        return opened.putNull("credential");
    }));

    private IdentityUpcasts() {}
}
