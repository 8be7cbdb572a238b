-- What happened to the paper account, oldest first. Folding the facts gives the account; nothing is ever changed.

CREATE SCHEMA paper;

CREATE TABLE paper.facts (
    account text NOT NULL,
    sequence bigint NOT NULL CHECK (sequence > 0),
    fact jsonb NOT NULL,
    recorded_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (account, sequence)
);
