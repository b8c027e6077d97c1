package io.forgewatch.event.equipment;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** A limit as the catalogue states it, before it is resolved for a device. In JSON its fields tell which it is. */
@JsonTypeInfo(use = JsonTypeInfo.Id.DEDUCTION)
@JsonSubTypes({
    @JsonSubTypes.Type(Threshold.Absolute.class),
    @JsonSubTypes.Type(Threshold.Below.class),
    @JsonSubTypes.Type(Threshold.Share.class),
    @JsonSubTypes.Type(Threshold.Offset.class)
})
public sealed interface Threshold {

    /** Which value of the device it needs, if any. */
    Optional<Reference> needs();

    /** The limit in the point's unit. */
    double resolve(ToDoubleFunction<Reference> references);

    /** The same for every device, in the point's unit. */
    record Absolute(double absolute) implements Threshold {
        @Override
        public Optional<Reference> needs() {
            return Optional.empty();
        }

        @Override
        public double resolve(ToDoubleFunction<Reference> references) {
            return absolute;
        }
    }

    /**
     * Broken only when strictly below. A value at a limit breaks it, so it resolves to a hundredth of a unit less, which is
     * finer than what such a quantity is read to.
     */
    record Below(double below) implements Threshold {
        @Override
        public Optional<Reference> needs() {
            return Optional.empty();
        }

        @Override
        public double resolve(ToDoubleFunction<Reference> references) {
            return BigDecimal.valueOf(below).subtract(new BigDecimal("0.01")).doubleValue();
        }
    }

    /** A share of a value of the device: 70%额定 is {@code share 0.7 of RATED}, 额定-20% is {@code share 0.8 of RATED}. */
    record Share(double share, Reference of) implements Threshold {
        @Override
        public Optional<Reference> needs() {
            return Optional.of(of);
        }

        @Override
        public double resolve(ToDoubleFunction<Reference> references) {
            return BigDecimal.valueOf(share)
                    .multiply(BigDecimal.valueOf(references.applyAsDouble(of)))
                    .doubleValue();
        }
    }

    /** Beside a value of the device, in its unit: 设定-50 is {@code offset -50 from SET}. */
    record Offset(double offset, Reference from) implements Threshold {
        @Override
        public Optional<Reference> needs() {
            return Optional.of(from);
        }

        @Override
        public double resolve(ToDoubleFunction<Reference> references) {
            return BigDecimal.valueOf(offset)
                    .add(BigDecimal.valueOf(references.applyAsDouble(from)))
                    .doubleValue();
        }
    }
}
