package io.forgewatch.event.equipment;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The limits of an analogue indicator as the catalogue states them, each or none. */
public record Thresholds(
        @JsonProperty("LL") @Nullable Threshold ll,
        @JsonProperty("L") @Nullable Threshold l,
        @JsonProperty("H") @Nullable Threshold h,
        @JsonProperty("HH") @Nullable Threshold hh) {

    public static final Thresholds NONE = new Thresholds(null, null, null, null);

    /** The values of the device that these limits need. */
    public Set<Reference> needs() {
        return given().flatMap(threshold -> threshold.needs().stream()).collect(Collectors.toUnmodifiableSet());
    }

    /** Those that there are. */
    Stream<Threshold> given() {
        return Stream.of(ll, l, h, hh).<Threshold>mapMulti((threshold, there) -> {
            if (threshold != null) {
                there.accept(threshold);
            }
        });
    }
}
