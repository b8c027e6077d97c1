package io.forgewatch.command.identity;

import io.forgewatch.command.decision.EventFeed;
import io.forgewatch.command.decision.EventMemory;
import io.forgewatch.command.decision.SelectedEvents;
import io.forgewatch.event.DomainEvent;
import io.forgewatch.event.RecordedEvent;
import io.forgewatch.event.identity.IdentityEvent;
import io.forgewatch.event.identity.IdentityEvent.AccountAssigned;
import io.forgewatch.event.identity.IdentityEvent.AccountClosed;
import io.forgewatch.event.identity.IdentityEvent.AccountOpened;
import io.forgewatch.event.identity.IdentityEvent.AccountReopened;
import io.forgewatch.event.identity.IdentityEvent.PasswordChanged;
import io.forgewatch.event.identity.IdentityEvent.PasswordReset;
import io.forgewatch.standing.StandingStream;
import io.forgewatch.standing.StandingStreams;
import io.forgewatch.standing.Stands;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Stream;
import reactor.core.publisher.Flux;

/**
 * All accounts there are, for whoever lists them; nothing is decided on it. Each instance has its own, which all events reach by the
 * store's feed; it may be a moment behind. Some hundred bytes an account: a country has some ten thousand.
 */
public final class AccountDirectory implements Stands {

    private static final Set<Class<? extends DomainEvent>> WANTED =
            Set.of(AccountOpened.class, AccountClosed.class, AccountReopened.class, AccountAssigned.class);

    private final SelectedEvents selected;
    private final EventMemory memory;
    private final Map<String, ListedAccount> byName = new ConcurrentHashMap<>();
    private final ConcurrentNavigableMap<Long, String> byPosition = new ConcurrentSkipListMap<>();

    public AccountDirectory(EventFeed feed, SelectedEvents selected, StandingStreams streams) {
        this.selected = selected;
        this.memory = new EventMemory("accounts", feed, WANTED, this::select, this::take, streams);
    }

    Optional<ListedAccount> find(String username) {
        return Optional.ofNullable(byName.get(username));
    }

    /**
     * Those opened before a position, newest first, as they come: nobody has to make more of them than are wanted.
     *
     * @param before {@link Long#MAX_VALUE} for all
     */
    Stream<ListedAccount> openedBefore(long before) {
        return byPosition.headMap(before).descendingMap().values().stream().flatMap(name -> find(name).stream());
    }

    boolean isCaughtUp() {
        return memory.isCaughtUp();
    }

    /** Up to which event it says how things stand. */
    long position() {
        return memory.position();
    }

    @Override
    public List<StandingStream> standing() {
        return List.of(memory.standing());
    }

    private Flux<RecordedEvent> select(long head) {
        byName.clear();
        byPosition.clear();
        return selected.ofTypes(head, WANTED);
    }

    private void take(RecordedEvent recorded) {
        if (!(recorded.event() instanceof IdentityEvent event)) {
            return;
        }
        switch (event) {
            case AccountOpened opened -> {
                byName.put(opened.username(), ListedAccount.of(opened, recorded.position()));
                byPosition.put(recorded.position(), opened.username());
            }
            case AccountClosed closed ->
                byName.computeIfPresent(closed.username(), (name, one) -> one.closed(closed.at()));
            case AccountReopened reopened ->
                byName.computeIfPresent(reopened.username(), (name, one) -> one.closed(null));
            case AccountAssigned assigned ->
                byName.computeIfPresent(
                        assigned.username(), (name, one) -> one.assigned(assigned.role(), assigned.jurisdiction()));
            case PasswordChanged _ -> {}
            case PasswordReset _ -> {}
        }
    }
}
