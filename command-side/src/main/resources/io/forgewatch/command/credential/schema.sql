-- What people sign in and stay signed in with. Credentials are not events: they are replaced, revoked and erased. Applied at every
-- start; every statement may be repeated.

-- Passwords, as Argon2id hashes. Which one of an account is valid say its events, which name the credential; another is left over of
-- a request that came to nothing, and good for nothing.
create table if not exists account_passwords (
    account text collate "C" not null,
    credential text collate "C" not null,
    hash text not null,
    set_at timestamptz not null,
    primary key (account, credential)
);

-- One row for a session, the family of its refresh tokens. Of tokens there are hashes (SHA-256) only, of the newest and of the one
-- before; older ones are known by what they bear themselves.
create table if not exists sign_in_sessions (
    id uuid primary key,
    account text collate "C" not null,
    generation integer not null,
    token bytea not null,
    previous bytea,
    begun_at timestamptz not null,
    renewed_at timestamptz not null,
    ends_at timestamptz not null
);

-- When an account signed in last, and when before that: not how often, nor from where.
create table if not exists account_sign_ins (
    account text collate "C" primary key,
    last_at timestamptz not null,
    previous_at timestamptz
);

create index if not exists sign_in_sessions_by_account on sign_in_sessions (account, renewed_at);
create index if not exists sign_in_sessions_by_end on sign_in_sessions (ends_at);
