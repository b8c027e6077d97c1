package io.forgewatch.event.identity;

import io.forgewatch.event.enterprise.EnterpriseId;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How far somebody may see: the one place that decides it. On the wire {@code nation}, {@code region:37} (a GB/T 2260 prefix of
 * 2, 4 or 6 digits) or {@code enterprise:GT3702110001}.
 */
public sealed interface Jurisdiction {

    /** Whether this enterprise, and all whose id begins with its id, may be seen. */
    boolean covers(EnterpriseId enterprise);

    /** Whether everything that the other may see may be seen. */
    boolean covers(Jurisdiction other);

    String wire();

    /** What both cover: the narrower of the two, or empty when they have nothing in common. */
    default Optional<Jurisdiction> and(Jurisdiction other) {
        if (other.contains(this)) {
            return Optional.of(this);
        }
        return contains(other) ? Optional.of(other) : Optional.empty();
    }

    /** Whether all that the other covers is covered by this one. */
    default boolean contains(Jurisdiction other) {
        return switch (other) {
            case Nation nation -> equals(nation);
            case Region(String prefix) ->
                this instanceof Nation || this instanceof Region(String own) && prefix.startsWith(own);
            case Enterprise(EnterpriseId id) -> covers(id);
        };
    }

    record Nation() implements Jurisdiction {
        @Override
        public boolean covers(EnterpriseId enterprise) {
            return true;
        }

        @Override
        public boolean covers(Jurisdiction other) {
            return true;
        }

        @Override
        public String wire() {
            return "nation";
        }
    }

    record Region(String prefix) implements Jurisdiction {
        private static final Pattern FORM = Pattern.compile("\\d{2}|\\d{4}|\\d{6}");

        public Region {
            if (!FORM.matcher(prefix).matches()) {
                throw new IllegalArgumentException("Not a GB/T 2260 prefix: " + prefix);
            }
        }

        @Override
        public boolean covers(EnterpriseId enterprise) {
            return enterprise.region().startsWith(prefix);
        }

        @Override
        public boolean covers(Jurisdiction other) {
            return switch (other) {
                case Nation nation -> false;
                case Region(String within) -> within.startsWith(prefix);
                case Enterprise(EnterpriseId enterprise) -> covers(enterprise);
            };
        }

        @Override
        public String wire() {
            return "region:" + prefix;
        }
    }

    record Enterprise(EnterpriseId id) implements Jurisdiction {
        @Override
        public boolean covers(EnterpriseId enterprise) {
            return id.equals(enterprise);
        }

        @Override
        public boolean covers(Jurisdiction other) {
            return equals(other);
        }

        @Override
        public String wire() {
            return "enterprise:" + id.value();
        }
    }

    /** @throws IllegalArgumentException when it has none of the three forms */
    static Jurisdiction fromWire(String wire) {
        if (wire.equals("nation")) {
            return new Nation();
        }
        if (wire.startsWith("region:")) {
            return new Region(wire.substring("region:".length()));
        }
        if (wire.startsWith("enterprise:")) {
            return new Enterprise(new EnterpriseId(wire.substring("enterprise:".length())));
        }
        throw new IllegalArgumentException("Not a jurisdiction: " + wire);
    }
}
