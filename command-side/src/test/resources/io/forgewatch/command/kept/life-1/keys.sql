-- The keys of personal data, in a database apart from the events: who has a copy of the one has nothing of the other. Applied at
-- first use; every statement may be repeated.

-- "key" is sealed under the master key. The row of a key that was deleted stays: its number is never given again, and what was
-- sealed under it is known to be erased and not merely unknown.
create table if not exists personal_keys (
    subject text collate "C" not null,
    number integer not null check (number > 0),
    key text,
    made_at timestamptz not null default now(),
    erased_at timestamptz,
    primary key (subject, number),
    check ((key is null) = (erased_at is not null))
);
