package io.forgewatch.command.relay;

import io.forgewatch.command.relay.EventTopic.Last;
import io.forgewatch.event.warning.BilingualText;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * How Kafka's copy of the events stands beside the store.
 *
 * @param stray why nothing is put behind what it has; null where it agrees with the store
 */
@Schema(name = "EventCopy", description = "事件副本")
record Copy(
        @Schema(description = "How many the store has", example = "120345")
        long events,

        @Schema(description = "Position of the last one that the copy has; 0 when it has none", example = "120345")
        long copied,

        @Nullable
        @Schema(
                description =
                        "Why nothing is sent on until POST /relay/rebuild writes the copy anew; null while it agrees"
                                + " with the store")
        BilingualText stray) {

    static Copy agreeing(long events, Last last) {
        return new Copy(events, last.position(), null);
    }

    static Copy astray(long events, Last last, BilingualText why) {
        return new Copy(
                events,
                Math.max(0, last.position()),
                new BilingualText(
                        why.zh() + "在调用 POST /relay/rebuild 重建之前不再转发。",
                        why.en() + " Nothing is sent on until POST /relay/rebuild writes it anew."));
    }

    /** Whether it agrees with the store, as far as it goes. */
    boolean agrees() {
        return stray == null;
    }

    static BilingualText ofAnotherHistory(Last last) {
        return new BilingualText(
                "副本以事件 " + last.id() + "（序号 " + last.position() + "）结尾，而存储中该序号不是此事件：副本属于另一段历史，例如存储从备份恢复之后。",
                "The copy ends with event " + last.id() + " at position " + last.position()
                        + ", which the store does not have there: it is of another history, as after a restore from a backup.");
    }

    static BilingualText endsWithForeignRecord() {
        return new BilingualText("副本以并非由转发写入的记录结尾。", "The copy ends with a record that the relay did not write.");
    }

    static BilingualText lacksEvents(Last last) {
        long records = last.end() - last.begin();
        return new BilingualText(
                "副本从序号 " + last.first() + " 到 " + last.position() + "，共 " + records + " 条记录：缺少事件。",
                "The copy goes from position " + last.first() + " to " + last.position() + " with " + records
                        + " records: events are missing in it.");
    }
}
