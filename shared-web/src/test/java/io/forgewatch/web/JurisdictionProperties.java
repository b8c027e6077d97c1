package io.forgewatch.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.forgewatch.event.enterprise.EnterpriseId;
import io.forgewatch.event.identity.Jurisdiction;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class JurisdictionProperties {

    @Property
    void givenAnyEnterprise_whenAskedByRegion_thenOnlyItsOwnPrefixesSeeIt(
            @ForAll("enterprises") EnterpriseId enterprise, @ForAll("regions") String prefix) {
        assertThat(new Jurisdiction.Region(prefix).covers(enterprise))
                .isEqualTo(enterprise.value().substring(2).startsWith(prefix));
    }

    @Property
    void givenTwoEnterprises_whenOneAsks_thenItSeesTheOtherOnlyIfItIsTheSame(
            @ForAll("enterprises") EnterpriseId one, @ForAll("enterprises") EnterpriseId other) {
        assertThat(new Jurisdiction.Enterprise(one).covers(other)).isEqualTo(one.equals(other));
        assertThat(new Jurisdiction.Nation().covers(other)).isTrue();
    }

    @Property
    void givenAnyText_whenReadAsJurisdiction_thenItIsOneOrRefused(@ForAll String text) {
        try {
            assertThat(Jurisdiction.fromWire(text).wire()).isEqualTo(text);
        } catch (IllegalArgumentException refused) {
            assertThat(refused).hasMessageStartingWith("Not a");
        }
    }

    @Property
    void givenAJurisdiction_whenWrittenAndRead_thenItIsTheSame(
            @ForAll("enterprises") EnterpriseId enterprise, @ForAll("regions") String prefix) {
        Jurisdiction own = new Jurisdiction.Enterprise(enterprise);
        Jurisdiction region = new Jurisdiction.Region(prefix);
        assertThat(Jurisdiction.fromWire(own.wire())).isEqualTo(own);
        assertThat(Jurisdiction.fromWire(region.wire())).isEqualTo(region);
    }

    @Property
    void givenTwoRegions_whenCompared_thenOneCoversTheOtherIfItSeesAllOfIt(
            @ForAll("enterprises") EnterpriseId enterprise,
            @ForAll("regions") String wide,
            @ForAll("regions") String narrow) {
        Jurisdiction outer = new Jurisdiction.Region(wide);
        Jurisdiction inner = new Jurisdiction.Region(narrow);
        Jurisdiction own = new Jurisdiction.Enterprise(enterprise);
        assertThat(outer.covers(inner)).isEqualTo(narrow.startsWith(wide));
        assertThat(outer.covers(own)).isEqualTo(outer.covers(enterprise));
        if (outer.covers(inner) && inner.covers(enterprise)) {
            assertThat(outer.covers(enterprise)).isTrue();
        }
        assertThat(outer.covers(new Jurisdiction.Nation())).isFalse();
        assertThat(own.covers(inner)).isFalse();
        assertThat(new Jurisdiction.Nation().covers(outer)).isTrue();
    }

    @Provide
    Arbitrary<EnterpriseId> enterprises() {
        return Combinators.combine(
                        Arbitraries.of("GT", "LJ"),
                        Arbitraries.of("370211", "370212", "371302", "130281", "450102"),
                        Arbitraries.integers().between(1, 3))
                .as((industry, region, number) -> new EnterpriseId(industry + region + "%04d".formatted(number)));
    }

    @Provide
    Arbitrary<String> regions() {
        return Arbitraries.of("37", "3702", "370211", "3713", "13", "1302", "45", "450102");
    }
}
