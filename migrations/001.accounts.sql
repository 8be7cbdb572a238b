-- Whose everything is, and what was set when. Amounts are micro-units (bigint, suffix _micros): dollars, shares and prices
-- alike. Two clocks stand on every record: market_time, by which the exchange lives, and recorded_at, the wall clock.

CREATE TABLE accounts (
    account_id      text        NOT NULL PRIMARY KEY,
    mode            text        NOT NULL CHECK (mode IN ('sandbox', 'paper', 'live', 'backtest')),
    venue           text        NOT NULL,
    wallet          text        NOT NULL,
    capital_micros  bigint      NOT NULL CHECK (capital_micros >= 0),
    market_time     timestamptz NOT NULL,
    recorded_at     timestamptz NOT NULL,
    UNIQUE (mode, venue, wallet)
);

-- Every version is kept: the highest is in force, and a position names the one that it was entered under.
CREATE TABLE configuration (
    account_id      text        NOT NULL REFERENCES accounts,
    strategy_id     text        NOT NULL,
    version         integer     NOT NULL CHECK (version >= 1),
    settings        jsonb       NOT NULL CHECK (jsonb_typeof(settings) = 'object'),
    changed_by      text        NOT NULL,
    market_time     timestamptz NOT NULL,
    recorded_at     timestamptz NOT NULL,
    PRIMARY KEY (account_id, strategy_id, version)
);

-- What history needs to name a market after it has left the exchange's lists; document is the whole of it.
CREATE TABLE markets (
    account_id          text        NOT NULL REFERENCES accounts,
    market_id           text        NOT NULL,
    market_name         text        NOT NULL,
    slug                text,
    category            text,
    group_id            text,
    group_name          text,
    outcome_yes         text        NOT NULL,
    outcome_no          text        NOT NULL,
    token_yes           text        NOT NULL,
    token_no            text        NOT NULL,
    tick_size_micros    bigint      NOT NULL CHECK (tick_size_micros > 0),
    minimum_size_micros bigint      NOT NULL CHECK (minimum_size_micros >= 0),
    fee_rate_micros     bigint      CHECK (fee_rate_micros >= 0),
    fee_is_assumed      boolean     NOT NULL DEFAULT false,
    event_start         timestamptz,
    expected_end        timestamptz,
    resolved_at         timestamptz,
    resolution          text        CHECK (resolution IN ('yes', 'no', 'split', 'void')),
    payout_yes_micros   bigint      CHECK (payout_yes_micros BETWEEN 0 AND 1000000),
    document            jsonb       NOT NULL,
    market_time         timestamptz NOT NULL,
    recorded_at         timestamptz NOT NULL,
    PRIMARY KEY (account_id, market_id)
);
