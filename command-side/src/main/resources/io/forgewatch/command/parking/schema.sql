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
