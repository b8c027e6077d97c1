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
