package io.forgewatch.stack.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.forgewatch.event.DomainEvent;
import io.forgewatch.event.EventJson;
import io.forgewatch.event.EventType;
import io.forgewatch.event.EventTypes;
import io.forgewatch.event.alarm.AlarmEvent;
import io.forgewatch.event.alarm.AlarmEvent.AlarmCleared;
import io.forgewatch.event.alarm.AlarmEvent.AlarmRaised;
import io.forgewatch.event.alarm.AlarmId;
import io.forgewatch.event.enterprise.EnterpriseEvent.EnterpriseRegistered;
import io.forgewatch.event.equipment.EquipmentEvent.DeviceRegistered;
import io.forgewatch.event.warning.WarningEvent;
import io.forgewatch.event.warning.WarningEvent.WarningClosed;
import io.forgewatch.event.warning.WarningEvent.WarningIssued;
import io.forgewatch.stack.StackException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HistoryTest {

    private static final BehindSize SMALL = new BehindSize(2_000, 7, 103, 10, 100, 100, 5, 1);
    private static final History HISTORY = new History(SMALL);

    @Test
    void given_any_chapter_when_counted_then_as_many_events_stand_before_it_as_its_forerunners_have() {
        long events = 0;
        for (int chapter = 0; chapter < HISTORY.chapters(); chapter++) {
            assertThat(HISTORY.before(chapter)).isEqualTo(events);
            assertThat(HistoryFill.next(HISTORY, events)).isEqualTo(chapter);
            events += HISTORY.chapter(chapter).size();
        }
        assertThat(HISTORY.before(HISTORY.chapters())).isEqualTo(events);
        assertThat(HistoryFill.next(HISTORY, events)).isEqualTo(HISTORY.chapters());
        assertThat(events).isBetween(2_000L, 2_000L + History.EVENTS_A_WARNING);
    }

    @Test
    void given_a_store_that_ends_within_a_chapter_or_behind_the_history_when_gone_on_then_it_is_refused() {
        assertThatThrownBy(() -> HistoryFill.next(HISTORY, 3)).isInstanceOf(StackException.class);
        assertThatThrownBy(() -> HistoryFill.next(HISTORY, HISTORY.before(HISTORY.chapters()) + 1))
                .isInstanceOf(StackException.class);
    }

    @Test
    void given_the_whole_of_it_when_told_then_all_that_began_has_ended_and_nothing_is_of_an_unknown_device() {
        List<DomainEvent> all = all();
        assertThat(of(all, EnterpriseRegistered.class)).hasSize(7);
        List<String> devices = of(all, DeviceRegistered.class).stream()
                .map(DeviceRegistered::deviceId)
                .toList();
        assertThat(devices).hasSize(103).doesNotHaveDuplicates();
        List<String> raised =
                of(all, AlarmRaised.class).stream().map(AlarmEvent::alarmId).toList();
        assertThat(raised)
                .isNotEmpty()
                .doesNotHaveDuplicates()
                .allSatisfy(alarm ->
                        assertThat(devices).contains(AlarmId.FORM.parse(alarm).subject()));
        assertThat(of(all, AlarmCleared.class).stream().map(AlarmEvent::alarmId))
                .containsExactlyElementsOf(raised);
        List<String> issued = of(all, WarningIssued.class).stream()
                .map(WarningEvent::warningId)
                .toList();
        assertThat(issued).isNotEmpty().doesNotHaveDuplicates();
        assertThat(of(all, WarningClosed.class).stream().map(WarningEvent::warningId))
                .containsExactlyElementsOf(issued);
    }

    @Test
    void given_any_event_of_it_when_written_and_read_then_it_is_the_same() {
        assertThat(all()).allSatisfy(event -> {
            EventType type = EventTypes.of(event);
            assertThat(EventJson.payload(type.name(), type.version(), EventJson.payload(event)))
                    .isEqualTo(event);
        });
    }

    @Test
    void given_sizes_when_named_then_only_what_is_prepared_makes_a_difference() {
        BehindSize usual = BehindSize.of(new Properties());
        assertThat(new BehindSize(10_000_000, 1_800, 100_000, 1_024, 2_000_000, 50, 7, 9).fingerprint())
                .isEqualTo(usual.fingerprint());
        assertThat(new BehindSize(10_000_000, 1_800, 100_001, 1_024, 2_000_000, 6_000, 100, 3).fingerprint())
                .isNotEqualTo(usual.fingerprint());
        assertThat(IntStream.range(0, usual.enterprises()).map(usual::devicesOf).sum())
                .isEqualTo(100_000);
    }

    @Test
    void given_fewer_frames_than_numbers_or_more_asked_than_there_are_when_prepared_then_it_is_refused() {
        assertThatThrownBy(() -> new BehindSize(2_000, 10, 100, 11, 100, 1, 5, 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new BehindSize(2_000, 10, 100, 10, 100, 1, 11, 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new BehindSize(100, 10, 100, 10, 100, 1, 5, 1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static List<DomainEvent> all() {
        List<DomainEvent> all = new ArrayList<>();
        IntStream.range(0, HISTORY.chapters()).forEach(chapter -> all.addAll(HISTORY.chapter(chapter)));
        return all;
    }

    private static <E> List<E> of(List<DomainEvent> all, Class<E> type) {
        return all.stream().filter(type::isInstance).map(type::cast).toList();
    }
}
