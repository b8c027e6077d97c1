package io.forgewatch.command.warning;

import static io.forgewatch.command.alarm.Alarms.START;
import static io.forgewatch.command.warning.Warnings.RULES;
import static org.assertj.core.api.Assertions.assertThat;

import io.forgewatch.event.alarm.AlarmId;
import io.forgewatch.event.alarm.Direction;
import io.forgewatch.event.alarm.Limit;
import io.forgewatch.event.equipment.Catalogue;
import io.forgewatch.event.equipment.EquipmentClass;
import io.forgewatch.event.equipment.Indicator;
import io.forgewatch.event.equipment.Severity;
import io.forgewatch.event.equipment.Unit;
import io.forgewatch.event.risk.RiskLevel;
import io.forgewatch.event.warning.BilingualText;
import io.forgewatch.event.warning.Deadlines;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Each language says all of a warning in its own words, whatever it is of and whatever a works calls its areas. */
class WarningMessageProperties {

    private static final Catalogue CATALOGUE = Catalogue.standard();
    private static final String CHINESE = ".*[\\p{IsHan}\\u3000-\\u303F\\uFF00-\\uFFEF].*";

    private final WarningMessage message = new WarningMessage(CATALOGUE, RULES);

    @Provide
    Arbitrary<Indicator> rows() {
        return Arbitraries.of(List.copyOf(CATALOGUE.indicators()));
    }

    @Provide
    Arbitrary<String> areas() {
        return Arbitraries.oneOf(
                Arbitraries.of("炼铁区", "煤气区", "炉 2", "2号高炉炉前", "1#转炉", "一跨", "North bay", "（东）车间", "龙虎区", ""),
                Arbitraries.strings()
                        .withCharRange('\u4e00', '\u9fff')
                        .ofMinLength(1)
                        .ofMaxLength(6));
    }

    @Property
    void given_any_indicator_area_and_limit_when_it_is_told_then_each_language_has_words_and_units_of_its_own(
            @ForAll("rows") Indicator row,
            @ForAll("areas") String area,
            @ForAll Limit limit,
            @ForAll RiskLevel level,
            @ForAll short value,
            @ForAll short threshold) {
        String device = "GT3702110001" + row.equipmentClass() + "0001";
        Direction direction =
                Stream.of(Direction.values()).filter(limit::isOf).findFirst().orElseThrow();
        AlarmNote note = new AlarmNote(
                new AlarmId(device, row.code(), direction, 1).toString(),
                device,
                row.equipmentClass(),
                area,
                row.code(),
                limit,
                Severity.A,
                (double) value,
                (double) threshold,
                row.unit(),
                START);
        Deadlines deadlines = RULES.deadlines(RiskLevel.RED, RiskLevel.RED, START);

        BilingualText text = message.text(level, 60, List.of(note), 3, deadlines);

        EquipmentClass kind = CATALOGUE.equipmentClass(row.equipmentClass()).orElseThrow();
        assertThat(text.en()).doesNotMatch(CHINESE).contains(kind.en() + " 0001");
        assertThat(text.zh())
                .contains(area, kind.zh() + " 0001")
                .doesNotContain("steelmaking", " limit", " state ", "the ");
        boolean measured = switch (limit) {
            case LL, L, H, HH, RATE -> !row.unit().isEmpty();
            case STATE, INTERLOCK, FAULT, OFFLINE, AREA -> false;
        };
        if (measured) {
            boolean state = !row.states().isEmpty();
            Unit unit = CATALOGUE.unit(row.unit());
            assertThat(text.zh()).contains(state ? " 状态 " + value : " " + value + " " + unit.zh());
            assertThat(text.en()).contains(state ? " state " + value : " " + value + " " + unit.en());
        }
    }
}
