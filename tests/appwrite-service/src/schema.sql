-- All tables are per project: the caller's project is the first column of every key.

CREATE TABLE users (
    sequence           INTEGER PRIMARY KEY,        -- the order of creation
    project            TEXT    NOT NULL,
    id                 TEXT    NOT NULL,
    email              TEXT    NOT NULL,           -- in lower case
    name               TEXT    NOT NULL,           -- '' if there is none
    password_hash      TEXT    NOT NULL,           -- Argon2id, with its parameters and its salt
    email_verification INTEGER NOT NULL DEFAULT 0,
    status             INTEGER NOT NULL DEFAULT 1, -- whether the user may use the account
    created_at         INTEGER NOT NULL,           -- milliseconds since 1970
    UNIQUE (project, id),
    UNIQUE (project, email)
) STRICT;

CREATE TABLE databases (
    project    TEXT    NOT NULL,
    id         TEXT    NOT NULL,
    name       TEXT    NOT NULL,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (project, id)
) STRICT;

CREATE TABLE buckets (
    project    TEXT    NOT NULL,
    id         TEXT    NOT NULL,
    name       TEXT    NOT NULL,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (project, id)
) STRICT;
