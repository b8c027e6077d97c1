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
