-- Operations on the chain: made pairs, merged pairs, redemptions. The nonce and what is signed with it stand here before
-- anything is sent, so that an operation is carried out at most once whatever dies in between.

CREATE TABLE chain_operations (
    account_id    text        NOT NULL REFERENCES accounts,
    operation_id  text        NOT NULL,
    kind          text        NOT NULL CHECK (kind IN ('split', 'merge', 'redeem', 'convert')),
    market_id     text        NOT NULL,
    position_id   text,
    amount_micros bigint      NOT NULL CHECK (amount_micros >= 0),
    state         text        NOT NULL CHECK (state IN ('queued', 'sent', 'confirmed', 'failed')),
    revision      bigint      NOT NULL CHECK (revision >= 0),
    attempts      integer     NOT NULL CHECK (attempts >= 0),
    nonce         bigint      CHECK (nonce >= 0),
    first_block   bigint      CHECK (first_block >= 0),
    payload       bytea,
    expires_at    timestamptz,
    reference     text,
    hashes        text[]      NOT NULL,
    next_try      timestamptz NOT NULL,
    last_error    text,
    receipt       jsonb       CHECK (jsonb_typeof(receipt) = 'object'),
    market_time   timestamptz NOT NULL,
    recorded_at   timestamptz NOT NULL,
    updated_at    timestamptz NOT NULL,
    PRIMARY KEY (account_id, operation_id),
    CHECK (state <> 'sent' OR (nonce IS NOT NULL AND payload IS NOT NULL)),
    CHECK ((state = 'confirmed') = (receipt IS NOT NULL))
);

-- One wallet has one nonce after another: a second operation on its way would be a mistake.
CREATE UNIQUE INDEX chain_operations_sent ON chain_operations (account_id) WHERE state = 'sent';
