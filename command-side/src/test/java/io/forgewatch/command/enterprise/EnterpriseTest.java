package io.forgewatch.command.enterprise;

import static io.forgewatch.command.alarm.Alarms.ENTERPRISE;
import static io.forgewatch.command.alarm.Alarms.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.forgewatch.command.Shared;
import io.forgewatch.command.decision.Given;
import io.forgewatch.command.decision.Refusal;
import io.forgewatch.command.enterprise.EnterpriseCommand.RegisterEnterprise;
import io.forgewatch.command.enterprise.EnterpriseCommand.RegisterGateway;
import io.forgewatch.event.enterprise.EnterpriseEvent.EnterpriseRegistered;
import io.forgewatch.event.enterprise.EnterpriseId;
import io.forgewatch.event.enterprise.Industry;
import io.forgewatch.event.enterprise.RiskProfile;
import io.forgewatch.event.telemetry.GatewayEvent.GatewayRegistered;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class EnterpriseTest {

    private static final String GOOD_CODE = "91370100X6C5WTQL4L";
    private static final String BAD_CODE = "913701001UC1P8AP4C";

    private static Given<Enterprise.State, EnterpriseCommand> given() {
        return Given.nothing(new Enterprise());
    }

    private static RegisterEnterprise register(String creditCode, boolean confirmed) {
        return new RegisterEnterprise(
                new EnterpriseId(ENTERPRISE),
                "示范钢铁",
                "370211",
                Industry.STEEL,
                RiskProfile.STEEL_LONG,
                creditCode,
                confirmed,
                START);
    }

    @Test
    void givenNothingWhenRegisteredThenItIs() {
        given().when(register(GOOD_CODE, false))
                .then(new EnterpriseRegistered(
                        ENTERPRISE, "示范钢铁", "370211", Industry.STEEL, RiskProfile.STEEL_LONG, GOOD_CODE, START));
    }

    @Test
    void givenTheSameWhenRegisteredAgainThenNothingAndAnotherIsRefused() {
        given().and(register(GOOD_CODE, false)).when(register(GOOD_CODE, false)).thenNothing();
        given().and(register(GOOD_CODE, false))
                .when(register(null, false))
                .thenRefused(Refusal.Kind.CONFLICT, "enterprise-exists");
    }

    @ParameterizedTest
    @CsvSource({
        "370212, STEEL, STEEL_LONG, region-mismatch",
        "370211, ALUMINIUM, ALUMINIUM_OTHER, industry-mismatch",
        "370211, STEEL, ALUMINIUM_OTHER, industry-mismatch",
    })
    void givenParticularsThatContradictWhenRegisteredThenRefused(
            String region, Industry industry, RiskProfile profile, String code) {
        given().when(new RegisterEnterprise(
                        new EnterpriseId(ENTERPRISE), "示范钢铁", region, industry, profile, null, false, START))
                .thenRefused(Refusal.Kind.INVALID, code);
    }

    @Test
    void givenACheckDigitThatDoesNotAgreeThenItNeedsConfirmation() {
        given().when(register(BAD_CODE, false)).thenRefused(Refusal.Kind.INVALID, "credit-code-check-digit");
        assertThat(given().when(register(BAD_CODE, true)).events()).hasSize(1);
        given().when(register("91370100X6C5WTQL4", true)).thenRefused(Refusal.Kind.INVALID, "credit-code-malformed");
        given().when(register("91370100X6C5WTQLIO", true)).thenRefused(Refusal.Kind.INVALID, "credit-code-malformed");
    }

    @Test
    void givenTheVectorsThenEveryCheckDigitIsJudgedRight() {
        JsonNode vectors = Shared.vectors("credit-code.json");
        assertThat(vectors).isNotEmpty();
        for (JsonNode each : vectors) {
            String code = each.required("given").asString();
            assertThat(CreditCode.checkDigitAgrees(code))
                    .as(code)
                    .isEqualTo(each.required("then").asBoolean());
        }
    }

    @Property(tries = 300)
    void givenAnyCodeThenExactlyOneCheckDigitAgrees(
            @ForAll @CharRange(from = '0', to = '9') @CharRange(from = 'A', to = 'H') @StringLength(17) String body) {
        String alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";

        assertThat(alphabet.chars().filter(last -> CreditCode.checkDigitAgrees(body + (char) last)))
                .hasSize(1);
    }

    @Property(tries = 300)
    void givenARightCodeWhenOneDigitIsChangedThenTheCheckDigitDoesNotAgree(
            @ForAll @IntRange(max = 16) int place, @ForAll @IntRange(min = 1, max = 30) int by) {
        String alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";
        char changed = alphabet.charAt((alphabet.indexOf(GOOD_CODE.charAt(place)) + by) % 31);

        assertThat(CreditCode.checkDigitAgrees(
                        GOOD_CODE.substring(0, place) + changed + GOOD_CODE.substring(place + 1)))
                .isFalse();
    }

    @Test
    void givenAnEnterpriseWhenGatewaysAreRegisteredThenTheyAreNumberedFrom1() {
        RegisterGateway gateway = new RegisterGateway(new EnterpriseId(ENTERPRISE), "v1.sealed", START);

        given().and(register(null, false))
                .when(gateway)
                .then(new GatewayRegistered(ENTERPRISE + "-G1", ENTERPRISE, "v1.sealed", START));
        given().and(register(null, false))
                .and(gateway)
                .when(gateway)
                .then(new GatewayRegistered(ENTERPRISE + "-G2", ENTERPRISE, "v1.sealed", START));
    }

    @Test
    void givenAnEnterpriseWithTheMostGatewaysWhenOneMoreIsRegisteredThenRefused() {
        RegisterGateway gateway = new RegisterGateway(new EnterpriseId(ENTERPRISE), "v1.sealed", START);
        Given<Enterprise.State, EnterpriseCommand> full = given().and(register(null, false));
        for (int number = 1; number < Enterprise.MOST_GATEWAYS; number++) {
            full = full.and(gateway);
        }

        full.when(gateway)
                .then(new GatewayRegistered(
                        ENTERPRISE + "-G" + Enterprise.MOST_GATEWAYS, ENTERPRISE, "v1.sealed", START));
        full.and(gateway).when(gateway).thenRefused(Refusal.Kind.CONFLICT, "too-many-gateways");
    }

    @Test
    void givenNoEnterpriseWhenAGatewayIsRegisteredThenNotFound() {
        given().when(new RegisterGateway(new EnterpriseId(ENTERPRISE), "v1.sealed", START))
                .thenRefused(Refusal.Kind.NOT_FOUND, "not-found");
    }
}
