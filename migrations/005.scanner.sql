-- What the scanner saw and why: one row per market as it stands, a record of every changed verdict, counts of every scan.
-- Factor scores run from 0 to 10 and are null where there is no data.

CREATE TABLE opportunities (
    account_id                  text        NOT NULL REFERENCES accounts,
    strategy_id                 text        NOT NULL,
    market_id                   text        NOT NULL,
    market_name                 text        NOT NULL,
    score                       integer     NOT NULL CHECK (score BETWEEN 1 AND 10),
    liquidity_micros            bigint      CHECK (liquidity_micros >= 0),
    liquidity_score_micros      bigint      CHECK (liquidity_score_micros BETWEEN 0 AND 10000000),
    volatility_score_micros     bigint      CHECK (volatility_score_micros BETWEEN 0 AND 10000000),
    whale_activity_score_micros bigint      CHECK (whale_activity_score_micros BETWEEN 0 AND 10000000),
    news_relevance_score_micros bigint      CHECK (news_relevance_score_micros BETWEEN 0 AND 10000000),
    is_eligible                 boolean     NOT NULL,
    refused_by                  text,
    detail                      jsonb       NOT NULL,
    detected_at                 timestamptz NOT NULL,
    market_time                 timestamptz NOT NULL,
    recorded_at                 timestamptz NOT NULL,
    PRIMARY KEY (account_id, strategy_id, market_id),
    CHECK (is_eligible = (refused_by IS NULL))
);

CREATE INDEX opportunities_by_score ON opportunities (account_id, score DESC, market_id);

-- Kept for thirty days, and for ever where something was entered.
CREATE TABLE decisions (
    account_id  text        NOT NULL REFERENCES accounts,
    decision_id bigint      NOT NULL CHECK (decision_id >= 1),
    strategy_id text        NOT NULL,
    market_id   text        NOT NULL,
    market_name text        NOT NULL,
    position_id text,
    verdict     text        NOT NULL,
    reason      text,
    score       integer     CHECK (score BETWEEN 1 AND 10),
    detail      jsonb       NOT NULL,
    is_kept     boolean     NOT NULL DEFAULT false,
    market_time timestamptz NOT NULL,
    recorded_at timestamptz NOT NULL,
    PRIMARY KEY (account_id, decision_id)
);

CREATE INDEX decisions_by_date ON decisions (account_id, market_time DESC, decision_id);
CREATE INDEX decisions_by_market ON decisions (account_id, market_id, market_time DESC);
CREATE INDEX decisions_by_position ON decisions (account_id, position_id) WHERE position_id IS NOT NULL;
CREATE INDEX decisions_to_forget ON decisions (recorded_at) WHERE NOT is_kept;

CREATE TABLE scans (
    account_id      text        NOT NULL REFERENCES accounts,
    scan_id         bigint      NOT NULL CHECK (scan_id >= 1),
    strategy_id     text        NOT NULL,
    market_count    integer     NOT NULL CHECK (market_count >= 0),
    eligible_count  integer     NOT NULL CHECK (eligible_count BETWEEN 0 AND market_count),
    reasons         jsonb       NOT NULL CHECK (jsonb_typeof(reasons) = 'object'),
    duration_micros bigint      NOT NULL CHECK (duration_micros >= 0),
    market_time     timestamptz NOT NULL,
    recorded_at     timestamptz NOT NULL,
    PRIMARY KEY (account_id, scan_id)
);

CREATE INDEX scans_by_date ON scans (account_id, market_time DESC);

CREATE TABLE whales (
    account_id          text        NOT NULL REFERENCES accounts,
    wallet_address      text        NOT NULL,
    total_volume_micros bigint      NOT NULL CHECK (total_volume_micros >= 0),
    trade_count         integer     NOT NULL CHECK (trade_count >= 0),
    markets_active      jsonb       NOT NULL CHECK (jsonb_typeof(markets_active) = 'array'),
    last_trade_time     timestamptz,
    market_time         timestamptz NOT NULL,
    recorded_at         timestamptz NOT NULL,
    PRIMARY KEY (account_id, wallet_address)
);

CREATE INDEX whales_by_volume ON whales (account_id, total_volume_micros DESC);
