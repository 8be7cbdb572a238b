-- What the scanner saw and why: a row per market that was ever fit to be entered, a record of every changed verdict,
-- counts of every scan. Factor scores run from 0 to 10 and are null where there is no data.

CREATE TABLE opportunities (
    account_id                  text        NOT NULL REFERENCES accounts,
    strategy_id                 text        NOT NULL,
    market_id                   text        NOT NULL,
    market_name                 text        NOT NULL,
    score                       integer     NOT NULL CHECK (score BETWEEN 1 AND 10),
    raw_score_micros            bigint      NOT NULL CHECK (raw_score_micros BETWEEN 0 AND 10000000),
    liquidity_micros            bigint      CHECK (liquidity_micros >= 0),
    liquidity_score_micros      bigint      CHECK (liquidity_score_micros BETWEEN 0 AND 10000000),
    volatility_score_micros     bigint      CHECK (volatility_score_micros BETWEEN 0 AND 10000000),
    whale_activity_score_micros bigint      CHECK (whale_activity_score_micros BETWEEN 0 AND 10000000),
    news_relevance_score_micros bigint      CHECK (news_relevance_score_micros BETWEEN 0 AND 10000000),
    expected_cost_micros        bigint,
    is_eligible                 boolean     NOT NULL,
    refused_by                  text,
    factors                     jsonb       NOT NULL CHECK (jsonb_typeof(factors) = 'array'),
    detected_at                 timestamptz NOT NULL,
    market_time                 timestamptz NOT NULL,
    recorded_at                 timestamptz NOT NULL,
    PRIMARY KEY (account_id, strategy_id, market_id)
);

CREATE INDEX opportunities_by_score ON opportunities (account_id, score DESC, market_id);

-- Kept for thirty days, and for ever where something was entered.
CREATE TABLE decisions (
    account_id       text        NOT NULL REFERENCES accounts,
    decision_id      bigint      NOT NULL GENERATED ALWAYS AS IDENTITY,
    strategy_id      text        NOT NULL,
    market_id        text        NOT NULL,
    market_name      text        NOT NULL,
    position_id      text,
    verdict          text        NOT NULL CHECK (verdict IN ('entered', 'eligible', 'refused')),
    reason           text,
    reason_detail    text,
    score            integer     NOT NULL CHECK (score BETWEEN 1 AND 10),
    raw_score_micros bigint      NOT NULL CHECK (raw_score_micros BETWEEN 0 AND 10000000),
    factors          jsonb       NOT NULL CHECK (jsonb_typeof(factors) = 'array'),
    is_kept          boolean     NOT NULL,
    market_time      timestamptz NOT NULL,
    recorded_at      timestamptz NOT NULL,
    PRIMARY KEY (account_id, decision_id),
    CHECK ((verdict = 'refused') = (reason IS NOT NULL)),
    CHECK (is_kept = (position_id IS NOT NULL))
);

CREATE INDEX decisions_by_date ON decisions (account_id, market_time DESC, decision_id DESC);
CREATE INDEX decisions_by_market ON decisions (account_id, market_id, market_time DESC, decision_id DESC);
CREATE INDEX decisions_by_position ON decisions (account_id, position_id) WHERE position_id IS NOT NULL;
CREATE INDEX decisions_to_forget ON decisions (account_id, recorded_at) WHERE NOT is_kept;

CREATE TABLE scans (
    account_id     text        NOT NULL REFERENCES accounts,
    scan_id        bigint      NOT NULL GENERATED ALWAYS AS IDENTITY,
    market_count   integer     NOT NULL CHECK (market_count >= 0),
    eligible_count integer     NOT NULL CHECK (eligible_count BETWEEN 0 AND market_count),
    reasons        jsonb       NOT NULL CHECK (jsonb_typeof(reasons) = 'object'),
    market_time    timestamptz NOT NULL,
    recorded_at    timestamptz NOT NULL,
    PRIMARY KEY (account_id, scan_id)
);

CREATE INDEX scans_by_date ON scans (account_id, recorded_at);

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
