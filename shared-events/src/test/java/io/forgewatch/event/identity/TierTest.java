package io.forgewatch.event.identity;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TierTest {

    @ParameterizedTest
    @CsvSource({
        "MINISTRY,nation,MINISTRY",
        "PROVINCE,region:37,PROVINCE",
        "PROVINCE,region:3702,CITY",
        "PROVINCE,region:370211,COUNTY",
        "ENTERPRISE,enterprise:GT3702110001,ENTERPRISE",
        "AUDITOR,nation,AUDITOR",
        "AUDITOR,region:370211,AUDITOR",
        "AUDITOR,enterprise:GT3702110001,AUDITOR"
    })
    void givenARoleAndItsJurisdiction_thenTheTierFollows(Role role, String jurisdiction, Tier tier) {
        assertThat(Tier.of(role, Jurisdiction.fromWire(jurisdiction))).isEqualTo(tier);
    }
}
