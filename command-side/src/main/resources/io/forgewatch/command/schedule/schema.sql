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
