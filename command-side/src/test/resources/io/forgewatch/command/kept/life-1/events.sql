-- The event store. Applied at every start; every statement may be repeated. A line with an arrow begins a transaction of its own (see
-- Schema). What alters, or makes an index or a trigger, first looks whether it is there already: to ask for a lock that a dump or a
-- vacuum does not let go makes all others wait. A new index of a table that is in use is made "concurrently", by hand or with care.

create table if not exists events (
    position bigint primary key,
    id uuid not null unique,
    name text not null,
    version text not null,
    at timestamptz not null,
    actor text not null,
    tags text[] not null,
    metadata text not null,
    payload bytea not null,
    entry bytea,
    leaf bytea,
    constraint events_payload_size check (octet_length(payload) <= 1048576)
);

--> needed

-- What the transparency log says of an event, and the hash of that: null in events of before there was one, until they are sealed.
do $columns$
begin
    if not exists (select from pg_attribute where attrelid = 'events'::regclass and attname = 'leaf' and not attisdropped) then
        alter table events add column entry bytea, add column leaf bytea;
    end if;
end
$columns$;

--> afterwards
-- What is larger Kafka would not take of the relay, which never goes past an event. Not asked of what is there already. The code
-- does not write such, so a start does not wait for it.
do $size$
begin
    if not exists (select from pg_constraint where conrelid = 'events'::regclass and conname = 'events_payload_size') then
        alter table events add constraint events_payload_size check (octet_length(payload) <= 1048576) not valid;
    end if;
end
$size$;

--> needed
-- One row a tag: which events bear it, in order. The name stands beside it so that a criterion with types needs no look at the event.
create table if not exists event_tags (
    tag text collate "C" not null,
    position bigint not null,
    name text collate "C" not null,
    primary key (tag, position)
);

do $by_time$
begin
    if to_regclass('events_by_time') is null then
        create index events_by_time on events using brin (at);
    end if;
end
$by_time$;

-- For auditors: what somebody did, and what of one kind happened, in order. What happens all the time is left out: every entry
-- costs each append, and what is frequent is found by looking through. The same conditions stand in Seek.
do $by_actor$
begin
    if to_regclass('events_by_actor') is null then
        create index events_by_actor on events (actor collate "C", position)
            where actor not like 'automation/%' and actor not like 'detection/%';
    end if;
end
$by_actor$;
do $by_name$
begin
    if to_regclass('events_by_name') is null then
        create index events_by_name on events (name collate "C", position)
            where name not in ('AlarmRaised', 'AlarmAcknowledged', 'AlarmReturned', 'AlarmCleared', 'RiskAssessed');
    end if;
end
$by_name$;

-- What was answered to a command, under the key that its sender gave it.
create table if not exists idempotency_keys (
    key text collate "C" primary key,
    body_hash text not null,
    answer text not null,
    position bigint not null,
    expires_at timestamptz
);

do $by_expiry$
begin
    if to_regclass('idempotency_keys_by_expiry') is null then
        create index idempotency_keys_by_expiry on idempotency_keys (expires_at) where expires_at is not null;
    end if;
end
$by_expiry$;

-- How far each processor has come, and which instance works on it until its claim runs out.
create table if not exists tokens (
    processor text collate "C" not null,
    segment integer not null,
    mask integer not null,
    position bigint,
    owner text,
    claimed_at timestamptz,
    primary key (processor, segment)
);

-- Whose events an automation leaves alone, from a position on, since its rule fails on that one: found by the tag "key". "run" is
-- the run of the automation that wrote the row or took it over: what an earlier one still had under way changes nothing.
create table if not exists parked (
    automation text collate "C" not null,
    key text collate "C" not null,
    position bigint not null,
    reason text not null,
    run uuid not null,
    primary key (automation, key)
);

-- Stores of the first weeks kept the automations' positions in a table of their own.
do $move$
begin
    if to_regclass('automation_tokens') is not null then
        insert into tokens (processor, segment, mask, position) select automation, 0, 0, position from automation_tokens
        on conflict do nothing;
        drop table automation_tokens;
    end if;
end
$move$;

-- States of entities of many events; may be deleted at any time. "evolve" tells by which code the state was made.
create table if not exists snapshots (
    entity text collate "C" primary key,
    type text not null,
    evolve text not null,
    position bigint not null,
    state bytea not null,
    taken_at timestamptz not null default now()
);

-- The transparency log's full tiles: 256 hashes each, and the hash of the subtree that they make. Each epoch has a tree of its own.
create table if not exists log_tiles (
    epoch integer not null,
    level smallint not null,
    index bigint not null,
    root bytea not null,
    hashes bytea not null,
    primary key (epoch, level, index)
);

-- Checkpoints as they were signed; one is stored before anyone is shown it.
create table if not exists log_checkpoints (
    epoch integer not null,
    size bigint not null,
    root bytea not null,
    note text not null,
    at timestamptz not null default now(),
    primary key (epoch, size)
);

-- As it was before events had entries, and before it was told how many events each member has.
drop function if exists append_events(integer, boolean, integer[], text[], text[], text[], bigint[], bigint[], integer[], bigint[],
    text[], text[], text[], integer[], integer[], integer[], text[], text[], text[], bigint[], text[], text[], text[], text[]);

drop function if exists append_events(integer, boolean, integer[], text[], text[], text[], bigint[], bigint[], integer[], bigint[],
    text[], text[], text[], integer[], integer[], integer[], text[], text[], text[], bigint[], text[], text[], text[], text[],
    text[], text[]);

-- A name of its own for each form of the function: an instance of the last release goes on appending by the name that it knows while
-- one of this release has started, and the other way round (ADR 30). A change of arguments or of what they mean is a new name
-- append_events_<n>; the former name stays beside it, as a call of the new one, until the release after.

-- Appends a group of appends ("members" holds how many events each has; they are numbered from 1) in one transaction. One
-- appender at a time, over all instances, so that positions have no gaps and a reader never sees a later event before an
-- earlier one.
--   k_*  idempotency keys; seconds 0 keeps a key for ever; position is told when the member has no events
--   c_*  criteria: a member conflicts when an event after "after" bears the tag (and all of "more", split by U+001F) and has one
--        of the types; empty text is "any"
--   d_*  pairs within the group: "later" conflicts when "earlier" is appended; ordered by later
--   e_*  events in order; payload and leaf in hex, the entry as the text that it is
-- Answers the position before the group and for each member 0 appended, 1 conflict, 2 key known, 3 already there (asked for by
-- "settling", after a connection broke with the outcome unknown).
create or replace function append_events_2(
    members integer[], settling boolean,
    k_member integer[], k_key text[], k_hash text[], k_answer text[], k_seconds bigint[], k_position bigint[],
    c_member integer[], c_after bigint[], c_tag text[], c_more text[], c_types text[],
    d_later integer[], d_earlier integer[],
    e_member integer[], e_id text[], e_name text[], e_version text[], e_at bigint[], e_actor text[],
    e_tags text[], e_metadata text[], e_payload text[], e_entry text[], e_leaf text[])
    returns table (base bigint, outcomes integer[])
    language plpgsql
    set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off set jit = off
as $append$
#variable_conflict use_column
declare
    head bigint;
    states integer[] := array_fill(0, array[cardinality(members)]);
    found record;
    skipped integer[];
    last_position bigint[];
    added integer := 0;
    left_out integer := 0;
begin
    perform pg_advisory_xact_lock(4642891, 1);
    select coalesce(max(e.position), 0) into head from events e;

    -- Whoever has seen more than there is knows a history that is lost.
    if (select max(c.after) from unnest(c_after) c(after)) > head then
        raise exception 'the store ends with position %, and a decision rests on later events', head using errcode = 'FW001';
    end if;

    if settling then
        for found in
            select distinct n.member from unnest(e_member, e_id) n(member, id) join events v on v.id = n.id::uuid
        loop
            states[found.member] := 3;
        end loop;
    end if;

    if cardinality(k_member) > 0 then
        for found in
            select n.member from unnest(k_member, k_key) n(member, key)
            join idempotency_keys k on k.key = n.key and (k.expires_at is null or k.expires_at > now())
        loop
            if states[found.member] = 0 then
                states[found.member] := 2;
            end if;
        end loop;
    end if;

    if cardinality(c_member) > 0 then
        for found in
            select distinct c.member
            from unnest(c_member, c_after, c_tag, c_more, c_types) c(member, after, tag, more, types)
            where (c.tag <> '' and exists (
                    select from event_tags t
                    where t.tag = c.tag and t.position > c.after
                      and (c.types = '' or t.name = any (string_to_array(c.types, chr(31))))
                      and (c.more = '' or not exists (
                          select from unnest(string_to_array(c.more, chr(31))) m(tag)
                          where not exists (select from event_tags o where o.tag = m.tag and o.position = t.position)))))
               or (c.tag = '' and exists (
                    select from events v
                    where v.position > c.after
                      and (c.types = '' or v.name = any (string_to_array(c.types, chr(31))))))
        loop
            if states[found.member] = 0 then
                states[found.member] := 1;
            end if;
        end loop;
    end if;

    for i in 1 .. cardinality(d_later) loop
        if states[d_later[i]] = 0 and states[d_earlier[i]] = 0 then
            states[d_later[i]] := 1;
        end if;
    end loop;

    -- How many events before a member's are left out, and where its last one stands: so no row need be counted.
    for i in 1 .. cardinality(members) loop
        skipped[i] := left_out;
        if states[i] = 0 then
            added := added + members[i];
        else
            left_out := left_out + members[i];
        end if;
        last_position[i] := head + added;
    end loop;

    with fresh as materialized (
        select head + n.ord - skipped[n.member] as position, n.*
        from unnest(e_member, e_id, e_name, e_version, e_at, e_actor, e_tags, e_metadata, e_payload, e_entry, e_leaf)
            with ordinality n(member, id, name, version, at, actor, tags, metadata, payload, entry, leaf, ord)
        where states[n.member] = 0
    ), stored as (
        insert into events (position, id, name, version, at, actor, tags, metadata, payload, entry, leaf)
        select f.position, f.id::uuid, f.name, f.version, timestamptz 'epoch' + f.at * interval '1 microsecond', f.actor,
               string_to_array(f.tags, chr(31)), f.metadata, decode(f.payload, 'hex'),
               convert_to(f.entry, 'UTF8'), decode(f.leaf, 'hex')
        from fresh f
    ), tagged as (
        insert into event_tags (tag, position, name)
        select t.tag, f.position, f.name from fresh f cross join lateral unnest(string_to_array(f.tags, chr(31))) t(tag)
    )
    insert into idempotency_keys as k (key, body_hash, answer, position, expires_at)
    select n.key, n.hash, n.answer,
           case when members[n.member] > 0 then last_position[n.member] else n.position end,
           case when n.seconds = 0 then null else now() + n.seconds * interval '1 second' end
    from unnest(k_member, k_key, k_hash, k_answer, k_seconds, k_position) n(member, key, hash, answer, seconds, position)
    where states[n.member] = 0
    on conflict (key) do update
        set body_hash = excluded.body_hash, answer = excluded.answer, position = excluded.position,
            expires_at = excluded.expires_at;

    if added > 0 then
        perform pg_notify('forgewatch_events', (head + added)::text);
    end if;
    return query select head, states;
end
$append$;

-- By the name that the last release calls; it means the same.
create or replace function append_events(
    members integer[], settling boolean,
    k_member integer[], k_key text[], k_hash text[], k_answer text[], k_seconds bigint[], k_position bigint[],
    c_member integer[], c_after bigint[], c_tag text[], c_more text[], c_types text[],
    d_later integer[], d_earlier integer[],
    e_member integer[], e_id text[], e_name text[], e_version text[], e_at bigint[], e_actor text[],
    e_tags text[], e_metadata text[], e_payload text[], e_entry text[], e_leaf text[])
    returns table (base bigint, outcomes integer[])
    language sql
as $append$
    select a.base, a.outcomes from append_events_2(members, settling, k_member, k_key, k_hash, k_answer, k_seconds, k_position,
        c_member, c_after, c_tag, c_more, c_types, d_later, d_earlier, e_member, e_id, e_name, e_version, e_at, e_actor,
        e_tags, e_metadata, e_payload, e_entry, e_leaf) a
$append$;

-- Due dates: commands to be sent at a later time, once. Applied at every start; every statement may be repeated.

create table if not exists due_dates (
    key text collate "C" primary key,
    due_at timestamptz not null,
    command_name text not null,
    command text not null,
    state text not null default 'WAITING' check (state in ('WAITING', 'FIRED', 'FAILED')),
    attempts integer not null default 0,
    last_error text,
    claimed_until timestamptz,
    fired_at timestamptz
);

--> needed
-- Whose command it is when it was sent before and could not be done: null in those of the clock, and in all of before there were
-- such.
do $columns$
begin
    if not exists (select from pg_attribute where attrelid = 'due_dates'::regclass and attname = 'cause' and not attisdropped) then
        alter table due_dates add column actor text, add column idempotency_key text, add column cause uuid;
    end if;
end
$columns$;

do $waiting$
begin
    if to_regclass('due_dates_waiting') is null then
        create index due_dates_waiting on due_dates (due_at) where state = 'WAITING';
    end if;
end
$waiting$;

--> needed
-- In whose order its command goes: null in dates that a release without owners entered.
do $owner$
begin
    if not exists (select from pg_attribute where attrelid = 'due_dates'::regclass and attname = 'owner' and not attisdropped) then
        alter table due_dates add column owner text collate "C";
    end if;
end
$owner$;

--> needed
-- Nothing is given up any more. What an instance of a release that gives up (after eight times) would leave FAILED beside this one
-- waits instead, and whichever is there tries it again: that release only knows the word, and nobody would look at such a row.
create or replace function due_date_waits() returns trigger language plpgsql as $waits$
begin
    new.state := 'WAITING';
    new.claimed_until := greatest(new.claimed_until, now() + interval '30 seconds');
    return new;
end
$waits$;

do $trigger$
begin
    if not exists (select from pg_trigger where tgrelid = 'due_dates'::regclass and tgname = 'due_dates_wait') then
        create trigger due_dates_wait before insert or update of state on due_dates
            for each row when (new.state = 'FAILED') execute function due_date_waits();
    end if;
end
$trigger$;

--> afterwards
-- What was given up before there was that.
update due_dates set state = 'WAITING', claimed_until = null where state = 'FAILED';

--> afterwards
-- Served the same end for a while.
drop index if exists due_dates_failed;

-- From where accounts signed in lately. Applied at every start; every statement may be repeated.

-- Both are keyed hashes: who reads this table learns neither names nor addresses. Only a right password writes a row, and a row goes
-- when it is too old.
create table if not exists sign_in_networks (
    network text collate "C" not null,
    account text collate "C" not null,
    signed_in_at timestamptz not null,
    primary key (network, account)
);

create index if not exists sign_in_networks_by_account on sign_in_networks (account, signed_in_at);
create index if not exists sign_in_networks_by_age on sign_in_networks (signed_in_at);

-- Whose work is left alone, since it keeps failing or is more than can wait in memory, and where it goes on. Applied at every start;
-- every statement may be repeated. A row of an automation has "tag" and "position": by that tag the events are read again from that
-- position on. One of the signals has its "payload", and as "entry" what it says. One of a due date only points to it: "subject" is
-- its key. "run" is the automation's run that wrote the row or took it over: what an earlier one had under way changes nothing.
create table if not exists parkings (
    id uuid primary key,
    worker text collate "C" not null,
    subject text collate "C" not null,
    entry text collate "C" not null default '',
    cause text not null check (cause in ('FAILING', 'BEHIND')),
    enterprise text collate "C",
    tag text collate "C",
    partition integer,
    position bigint not null default 0,
    payload bytea,
    reason text not null,
    build text not null,
    attempts integer not null default 1,
    since timestamptz not null default now(),
    next_try_at timestamptz not null,
    run uuid,
    version integer not null default 0,
    unique (worker, subject, entry)
);

do $by_turn$
begin
    if to_regclass('parkings_by_turn') is null then
        create index parkings_by_turn on parkings (worker, next_try_at);
    end if;
end
$by_turn$;

--> afterwards
-- For whoever looks at what is parked of one works.
do $by_enterprise$
begin
    if to_regclass('parkings_by_enterprise') is null then
        create index parkings_by_enterprise on parkings (enterprise, id);
    end if;
end
$by_enterprise$;

