package io.forgewatch.command.identity;

import io.forgewatch.command.decision.EventFeed;
import io.forgewatch.command.decision.SelectedEvents;
import io.forgewatch.command.decision.UnendedEvents;
import io.forgewatch.command.memory.Remembering;
import io.forgewatch.event.RecordedEvent;
import io.forgewatch.event.identity.IdentityEvent.AccountAssigned;
import io.forgewatch.event.identity.IdentityEvent.AccountClosed;
import io.forgewatch.event.identity.IdentityEvent.AccountOpened;
import io.forgewatch.event.identity.IdentityEvent.AccountReopened;
import io.forgewatch.standing.StandingStreams;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The directory of accounts, beside a plain fold. */
public final class AccountsRemembered implements Remembering {

    @Override
    public Class<?> keeper() {
        return AccountDirectory.class;
    }

    @Override
    public Memory begun(EventFeed feed, SelectedEvents selected, UnendedEvents unended) {
        AccountDirectory directory =
                new AccountDirectory(feed, selected, new StandingStreams(new SimpleMeterRegistry()));
        directory.start();
        return new Memory() {
            @Override
            public long position() {
                return directory.position();
            }

            @Override
            public Map<String, String> says(List<RecordedEvent> events) {
                return directory
                        .openedBefore(Long.MAX_VALUE)
                        .collect(Collectors.toMap(
                                ListedAccount::username,
                                one -> one.position() + " " + one.role() + " "
                                        + one.jurisdiction().wire() + " " + one.closedAt()));
            }

            @Override
            public void close() {
                directory.stop();
            }
        };
    }

    @Override
    public Map<String, String> folded(List<RecordedEvent> events) {
        Map<String, Long> opened = new TreeMap<>();
        Map<String, String> assigned = new TreeMap<>();
        Map<String, String> closed = new TreeMap<>();
        for (RecordedEvent recorded : events) {
            switch (recorded.event()) {
                case AccountOpened one -> {
                    opened.put(one.username(), recorded.position());
                    assigned.put(one.username(), one.role() + " " + one.jurisdiction());
                }
                case AccountAssigned one -> assigned.put(one.username(), one.role() + " " + one.jurisdiction());
                case AccountClosed one -> closed.put(one.username(), one.at().toString());
                case AccountReopened one -> closed.remove(one.username());
                default -> {}
            }
        }
        return opened.keySet().stream()
                .collect(Collectors.toMap(
                        name -> name,
                        name -> opened.get(name) + " " + assigned.get(name) + " " + closed.get(name)));
    }
}
