-- Which instances have a door for frames that Kafka confirms. Applied at every start; every statement may be repeated.

-- An instance writes its row again every few seconds for as long as that is so; a row counts for some seconds by this database's
-- clock, which is one for all of them. An instance of a release without this table has none, and is not known of.
create table if not exists open_doors (
    instance text collate "C" primary key,
    seen_at timestamptz not null
);
