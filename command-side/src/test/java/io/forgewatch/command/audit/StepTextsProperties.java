package io.forgewatch.command.audit;

import static io.forgewatch.command.alarm.Alarms.DEVICE;
import static io.forgewatch.command.alarm.Alarms.at;
import static org.assertj.core.api.Assertions.assertThat;

import io.forgewatch.event.Actor;
import io.forgewatch.event.RecordedEvent;
import io.forgewatch.event.alarm.AlarmEvent;
import io.forgewatch.event.alarm.AlarmEvent.AlarmAcknowledged;
import io.forgewatch.event.alarm.AlarmEvent.AlarmBreachedAgain;
import io.forgewatch.event.alarm.AlarmEvent.AlarmCleared;
import io.forgewatch.event.alarm.AlarmEvent.AlarmRaised;
import io.forgewatch.event.alarm.AlarmEvent.AlarmReturned;
import io.forgewatch.event.alarm.AlarmEvent.AlarmSettled;
import io.forgewatch.event.alarm.AlarmEvent.AlarmUpgraded;
import io.forgewatch.event.alarm.AlarmEvent.CausingReading;
import io.forgewatch.event.alarm.AlarmId;
import io.forgewatch.event.alarm.Direction;
import io.forgewatch.event.alarm.Limit;
import io.forgewatch.event.equipment.Catalogue;
import io.forgewatch.event.equipment.Indicator;
import io.forgewatch.event.equipment.PointKind;
import io.forgewatch.event.equipment.Severity;
import io.forgewatch.event.warning.BilingualText;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Each language says all of a story's step in its own words, whatever the step is of. */
class StepTextsProperties {

    private static final Catalogue CATALOGUE = Catalogue.standard();
    private static final String CHINESE = ".*[\\p{IsHan}\\u3000-\\u303F\\uFF00-\\uFFEF].*";
    /** What an English word in a Chinese text would look like; LF, CO and MPa are Chinese usage too. */
    private static final String ENGLISH =
            ".*\\b(STATE|INTERLOCK|RATE|FAULT|OFFLINE|AREA|the|limit|read|wires|heats)\\b.*";

    private static String alarm(Indicator row, Limit limit) {
        Direction direction =
                Stream.of(Direction.values()).filter(limit::isOf).findFirst().orElseThrow();
        return new AlarmId(DEVICE, row.code(), direction, at(0).toEpochMilli()).toString();
    }

    private static RecordedEvent raised(Indicator row, Limit limit, double value, double threshold) {
        String id = alarm(row, limit);
        return recorded(new AlarmRaised(
                id,
                DEVICE,
                row.equipmentClass(),
                "炼铁区",
                row.code(),
                AlarmId.FORM.parse(id).direction(),
                limit,
                Severity.A,
                value,
                threshold,
                1,
                row.unit(),
                at(0),
                at(1),
                List.of(new CausingReading(at(0), value, 0)),
                null,
                1,
                false,
                null,
                null,
                List.of(),
                0));
    }

    private static RecordedEvent recorded(AlarmEvent event) {
        return new RecordedEvent(1, new UUID(0, 1), at(0), Actor.system("test"), event);
    }

    @Provide
    Arbitrary<Indicator> rows() {
        return Arbitraries.of(List.copyOf(CATALOGUE.indicators()));
    }

    @Provide
    Arbitrary<Limit> limits() {
        return Arbitraries.of(Limit.class);
    }

    @Property
    void given_any_indicator_and_limit_when_its_steps_are_told_then_each_in_words_of_its_own_language(
            @ForAll("rows") Indicator row, @ForAll("limits") Limit limit, @ForAll short value) {
        String id = alarm(row, limit);
        List<AlarmEvent> events = List.of(
                (AlarmEvent) raised(row, limit, value, 1).event(),
                new AlarmUpgraded(id, limit, Severity.A, value, 1.0, at(2), List.of()),
                new AlarmAcknowledged(id, "wang", at(3)),
                new AlarmReturned(id, (double) value, at(4)),
                new AlarmBreachedAgain(id, limit, (double) value, 5, at(5)),
                new AlarmSettled(id, at(6)),
                new AlarmCleared(id, null, null, null, at(7)));

        assertThat(Stream.concat(events.stream().map(StepTexts::of), Stream.of(StepTexts.threshold(row.code(), 2))))
                .allSatisfy(StepTextsProperties::eachInItsOwn);
    }

    @Property
    void given_any_indicator_when_readings_are_told_then_every_value_has_its_unit_in_both_languages(
            @ForAll("rows") Indicator row, @ForAll short value, @ForAll short threshold) {
        Limit limit = row.kind() == PointKind.DI ? Limit.STATE : Limit.HH;
        AlarmUpgraded upgraded = new AlarmUpgraded(
                alarm(row, limit),
                limit,
                Severity.A,
                value,
                (double) threshold,
                at(2),
                List.of(new CausingReading(at(2), value, 0)));
        for (RecordedEvent event : List.of(raised(row, limit, value, threshold), recorded(upgraded))) {
            BilingualText told =
                    StepTelling.readings(event).orElseThrow().telling().text();
            eachInItsOwn(told);
            assertThat(told.zh()).startsWith(row.isVerdict() ? "钢丝绳" : row.zh());
            if (row.kind() == PointKind.DI) {
                assertThat(told.zh()).contains("状态 " + value);
                assertThat(told.en()).contains("state " + value);
            } else if (!row.unit().isEmpty()) {
                assertThat(told.zh())
                        .contains(" " + value + " " + CATALOGUE.unit(row.unit()).zh());
                assertThat(told.zh())
                        .endsWith(" " + threshold + " "
                                + CATALOGUE.unit(row.unit()).zh());
                assertThat(told.en())
                        .contains(" " + value + " " + CATALOGUE.unit(row.unit()).en());
                assertThat(told.en())
                        .endsWith(" " + threshold + " "
                                + CATALOGUE.unit(row.unit()).en());
            }
        }
    }

    private static void eachInItsOwn(BilingualText text) {
        assertThat(text.en()).isNotBlank().doesNotMatch(CHINESE);
        assertThat(text.zh()).matches(CHINESE).doesNotMatch(ENGLISH);
    }
}
