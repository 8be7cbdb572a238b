-- The journal: decisive inputs and every output, in order. What is not in it did not happen.
-- A record refers to the one before it, so that a gap cannot be written.

CREATE TABLE journal (
    account_id        text        NOT NULL REFERENCES accounts,
    sequence          bigint      NOT NULL CHECK (sequence >= 1),
    previous_sequence bigint      GENERATED ALWAYS AS (nullif(sequence - 1, 0)) STORED,
    schema_version    integer     NOT NULL CHECK (schema_version >= 1),
    kind              text        NOT NULL,
    market_time       timestamptz NOT NULL,
    recorded_at       timestamptz NOT NULL,
    cause_sequence    bigint      CHECK (cause_sequence <= sequence),
    strategy_id       text,
    market_id         text,
    position_id       text,
    client_order_id   text,
    source            text,
    source_event_id   text,
    payload           jsonb       NOT NULL,
    PRIMARY KEY (account_id, sequence),
    FOREIGN KEY (account_id, previous_sequence) REFERENCES journal (account_id, sequence),
    CHECK ((source IS NULL) = (source_event_id IS NULL))
);

CREATE UNIQUE INDEX journal_source_event ON journal (account_id, source, source_event_id)
    WHERE source IS NOT NULL;
CREATE INDEX journal_position ON journal (account_id, position_id, sequence) WHERE position_id IS NOT NULL;
CREATE INDEX journal_order ON journal (account_id, client_order_id, sequence) WHERE client_order_id IS NOT NULL;
