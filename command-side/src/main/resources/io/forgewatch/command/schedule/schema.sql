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

-- Whose command it is when it was sent before and could not be done: null in those of the clock, and in all of before there were
-- such. Looked for first: altering a table waits for all who read it, and makes all others wait.
do $columns$
begin
    if not exists (select from pg_attribute where attrelid = 'due_dates'::regclass and attname = 'cause' and not attisdropped) then
        alter table due_dates add column actor text, add column idempotency_key text, add column cause uuid;
    end if;
end
$columns$;

create index if not exists due_dates_waiting on due_dates (due_at) where state = 'WAITING';

-- In whose order its command goes: null in dates that a release without owners entered. Looked for first, as above.
do $owner$
begin
    if not exists (select from pg_attribute where attrelid = 'due_dates'::regclass and attname = 'owner' and not attisdropped) then
        alter table due_dates add column owner text collate "C";
    end if;
end
$owner$;

-- Nothing is given up any more: what a release that gave up has left waits again, also what one of them leaves yet beside this one.
create index if not exists due_dates_failed on due_dates (key) where state = 'FAILED';
update due_dates set state = 'WAITING', claimed_until = null where state = 'FAILED';
