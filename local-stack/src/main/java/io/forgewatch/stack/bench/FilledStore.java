package io.forgewatch.stack.bench;

import io.forgewatch.command.eventstore.StoreInstance;
import io.forgewatch.stack.Progress;
import java.time.Duration;

/** Many events in a store, put there with plain SQL: rows as long as the store writes them, with entries that nobody reads here. */
final class FilledStore {

    private static final int CHUNK = 250_000;
    /** As long as the entry of such an event is. */
    private static final int ENTRY =
            CommandsVsInsert.row(CommandsVsInsert.alarms(1).getFirst()).entry().length;

    private FilledStore() {}

    /** @return how many events there are then */
    static long fill(StoreUnderTest store, int upTo, Progress progress) throws Exception {
        try (StoreInstance first = store.instance()) {
            first.feed().head().block(Duration.ofMinutes(1));
        }
        long head = store.number("select coalesce(max(position), 0) from events");
        while (head < upTo) {
            long to = Math.min(head + CHUNK, upTo);
            store.execute("""
                    insert into events (position, id, name, version, at, actor, tags, metadata, payload, entry, leaf)
                    select n, uuidv7(), 'AlarmAcknowledged', '1', now(), 'account/zhang.wei', array['alarm=' || a, \
                    'point=GT3702110001010001.BF_CW_P.LOW', 'within=GT3702110001'], '{"actor":"account/zhang.wei"}',
                    convert_to('{"alarmId":"' || a || '","by":"account/zhang.wei","at":"2026-11-24T09:20:00.100Z"}', 'UTF8'),
                    convert_to(rpad('entry ' || n, %d, md5(n::text)), 'UTF8'), sha256(convert_to(n::text, 'UTF8'))
                    from generate_series(%d, %d) n,
                    lateral (select 'GT3702110001010001.BF_CW_P.LOW.' || (1732440000000 + n / 5)) t(a)
                    """.formatted(ENTRY, head + 1, to));
            store.execute("""
                    insert into event_tags (tag, position, name)
                    select t, position, name from events, lateral unnest(tags) t where position between %d and %d
                    """.formatted(head + 1, to));
            head = to;
            progress.tell("%,d events in the store".formatted(head));
        }
        return head;
    }
}
