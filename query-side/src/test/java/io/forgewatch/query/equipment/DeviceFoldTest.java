package io.forgewatch.query.equipment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.forgewatch.event.RecordedEvent;
import io.forgewatch.event.equipment.EquipmentEvent.PointRangeSet;
import io.forgewatch.event.equipment.MonitoringPoint;
import io.forgewatch.event.equipment.Range;
import io.forgewatch.query.given.Story;
import io.forgewatch.query.projection.StoredJson;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.junit.jupiter.api.Test;

class DeviceFoldTest {

    private static final String WORKS = "GT3702110001";
    private static final String DEVICE = Story.device(WORKS);
    private static final Range RANGE = new Range(0, 1.6);

    private final DeviceFold fold = new DeviceFold();
    private final Story story = new Story(Instant.parse("2026-11-24T00:00:00Z"));

    private RecordedEvent told(String indicator) {
        return story.record(new PointRangeSet(DEVICE, WORKS, indicator, RANGE, "works", story.now()));
    }

    @Test
    void given_a_range_that_is_told_then_its_point_shows_it_and_the_others_stay() {
        DeviceFold.Kept registered = fold.after(null, DEVICE, story.deviceOf(WORKS));

        DeviceFold.Kept ranged = fold.after(registered, DEVICE, told("BF_CW_P"));

        assertThat(fold.ids(told("BF_CW_P").event())).containsExactly(DEVICE);
        assertThat(ranged.points()).extracting(MonitoringPoint::range).containsExactly(RANGE, null);
        assertThat(ranged.order()).isEqualTo(registered.order());
        assertThat(PointView.of(ranged.points().getFirst(), null).range()).isEqualTo(new PointView.RangeView(0, 1.6));
        assertThat(PointView.of(ranged.points().getLast(), null).range()).isNull();
        assertThat(StoredJson.read(StoredJson.write(ranged), DeviceFold.Kept.class))
                .isEqualTo(ranged);
        assertThat(fold.after(ranged, DEVICE, told("NO_SUCH"))).isEqualTo(ranged);
    }

    @Test
    void given_a_range_of_a_device_that_was_never_registered_then_it_is_poison() {
        assertThatThrownBy(() -> fold.after(null, DEVICE, told("BF_CW_P"))).isInstanceOf(IllegalStateException.class);
    }

    /** While the new version is built, documents of the old one are read: with a guessed span, without what came since. */
    @Test
    void given_a_document_of_the_former_version_when_read_then_its_span_is_no_range() {
        DeviceFold.Kept registered = fold.after(null, DEVICE, story.deviceOf(WORKS));
        Document document = StoredJson.write(registered);
        for (Object each : (List<?>) document.get("points")) {
            @SuppressWarnings("unchecked") // it was written as one a moment ago
            Map<String, Object> point = (Map<String, Object>) each;
            point.keySet().removeAll(List.of("range", "set", "manual"));
            point.put("spanLow", 0.0);
            point.put("spanHigh", 0.6);
        }

        assertThat(StoredJson.read(document, DeviceFold.Kept.class)).isEqualTo(registered);
    }
}
