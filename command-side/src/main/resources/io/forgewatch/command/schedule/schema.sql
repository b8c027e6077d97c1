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

create index if not exists due_dates_waiting on due_dates (due_at) where state = 'WAITING';
