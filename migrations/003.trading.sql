-- Positions and their legs, orders and fills: what the journal adds up to, kept in rows for pages and reports.

CREATE TABLE positions (
    account_id               text        NOT NULL REFERENCES accounts,
    position_id              text        NOT NULL,
    strategy_id              text        NOT NULL,
    market_id                text        NOT NULL,
    market_name              text        NOT NULL,
    status                   text        NOT NULL CHECK (status IN ('active', 'liquidated', 'closed')),
    state                    text        NOT NULL,
    score                    integer     CHECK (score BETWEEN 1 AND 10),
    rules                    jsonb       NOT NULL,
    allocation_micros        bigint      NOT NULL CHECK (allocation_micros >= 0),
    ratio_yes_micros         bigint      NOT NULL CHECK (ratio_yes_micros BETWEEN 0 AND 1000000),
    entry_time               timestamptz NOT NULL,
    entry_price_yes_micros   bigint      CHECK (entry_price_yes_micros BETWEEN 0 AND 1000000),
    entry_price_no_micros    bigint      CHECK (entry_price_no_micros BETWEEN 0 AND 1000000),
    capital_yes_micros       bigint      NOT NULL CHECK (capital_yes_micros >= 0),
    capital_no_micros        bigint      NOT NULL CHECK (capital_no_micros >= 0),
    shares_yes_micros        bigint      NOT NULL CHECK (shares_yes_micros >= 0),
    shares_no_micros         bigint      NOT NULL CHECK (shares_no_micros >= 0),
    current_price_yes_micros bigint      CHECK (current_price_yes_micros BETWEEN 0 AND 1000000),
    current_price_no_micros  bigint      CHECK (current_price_no_micros BETWEEN 0 AND 1000000),
    liquidated_side          text        CHECK (liquidated_side IN ('yes', 'no')),
    liquidation_time         timestamptz,
    trigger_price_micros     bigint      CHECK (trigger_price_micros BETWEEN 0 AND 1000000),
    realized_slippage_micros bigint,
    close_time               timestamptz,
    exit_reason              text        CHECK (exit_reason IN ('divergence', 'stop_loss', 'take_profit', 'time', 'manual',
                                             'resolution', 'entry_failed')),
    resolution_outcome       text        CHECK (resolution_outcome IN ('yes', 'no', 'split', 'void')),
    fees_micros              bigint      NOT NULL CHECK (fees_micros >= 0),
    realized_pnl_micros      bigint      NOT NULL,
    pnl_micros               bigint      NOT NULL,
    is_manual                boolean     NOT NULL,
    document                 jsonb       NOT NULL,
    row_version              bigint      NOT NULL CHECK (row_version >= 1),
    market_time              timestamptz NOT NULL,
    recorded_at              timestamptz NOT NULL,
    PRIMARY KEY (account_id, position_id),
    CHECK ((status = 'closed') = (close_time IS NOT NULL))
);

CREATE INDEX positions_open ON positions (account_id, strategy_id) WHERE status <> 'closed';
CREATE INDEX positions_closed_by_date ON positions (account_id, close_time DESC, position_id) WHERE status = 'closed';
CREATE INDEX positions_by_market ON positions (account_id, market_id, entry_time);
CREATE INDEX positions_by_outcome ON positions (account_id, exit_reason, close_time DESC);

CREATE TABLE position_legs (
    account_id               text        NOT NULL,
    position_id              text        NOT NULL,
    token_id                 text        NOT NULL,
    side                     text        NOT NULL CHECK (side IN ('yes', 'no')),
    budget_micros            bigint      NOT NULL CHECK (budget_micros >= 0),
    planned_shares_micros    bigint      NOT NULL CHECK (planned_shares_micros >= 0),
    bought_shares_micros     bigint      NOT NULL CHECK (bought_shares_micros >= 0),
    sold_shares_micros       bigint      NOT NULL CHECK (sold_shares_micros >= 0),
    settled_shares_micros    bigint      NOT NULL CHECK (settled_shares_micros >= 0),
    held_shares_micros       bigint      NOT NULL CHECK (held_shares_micros >= 0),
    cost_micros              bigint      NOT NULL CHECK (cost_micros >= 0),
    proceeds_micros          bigint      NOT NULL CHECK (proceeds_micros >= 0),
    payout_micros            bigint      NOT NULL CHECK (payout_micros >= 0),
    fees_micros              bigint      NOT NULL CHECK (fees_micros >= 0),
    entry_price_micros       bigint      CHECK (entry_price_micros BETWEEN 0 AND 1000000),
    exit_price_micros        bigint      CHECK (exit_price_micros BETWEEN 0 AND 1000000),
    trigger_price_micros     bigint      CHECK (trigger_price_micros BETWEEN 0 AND 1000000),
    realized_slippage_micros bigint,
    exit_reason              text        CHECK (exit_reason IN ('divergence', 'stop_loss', 'take_profit', 'time', 'manual',
                                             'resolution', 'entry_failed')),
    market_time              timestamptz NOT NULL,
    recorded_at              timestamptz NOT NULL,
    PRIMARY KEY (account_id, position_id, token_id),
    FOREIGN KEY (account_id, position_id) REFERENCES positions,
    CHECK (held_shares_micros = bought_shares_micros - sold_shares_micros - settled_shares_micros)
);

-- What a position was worth from time to time: its price chart, and the last bids for valuing it after a restart.
CREATE TABLE position_marks (
    account_id     text        NOT NULL,
    position_id    text        NOT NULL,
    market_time    timestamptz NOT NULL,
    bid_yes_micros bigint      CHECK (bid_yes_micros BETWEEN 0 AND 1000000),
    bid_no_micros  bigint      CHECK (bid_no_micros BETWEEN 0 AND 1000000),
    pnl_micros     bigint      NOT NULL,
    recorded_at    timestamptz NOT NULL,
    PRIMARY KEY (account_id, position_id, market_time),
    FOREIGN KEY (account_id, position_id) REFERENCES positions
);

CREATE TABLE orders (
    account_id           text        NOT NULL REFERENCES accounts,
    client_order_id      text        NOT NULL,
    venue_order_id       text        NOT NULL,
    strategy_id          text        NOT NULL,
    market_id            text        NOT NULL,
    position_id          text        NOT NULL,
    token_id             text        NOT NULL,
    outcome              text        NOT NULL CHECK (outcome IN ('yes', 'no')),
    side                 text        NOT NULL CHECK (side IN ('buy', 'sell')),
    order_type           text        NOT NULL CHECK (order_type IN ('gtc', 'gtd', 'fok', 'fak')),
    is_post_only         boolean     NOT NULL,
    limit_price_micros   bigint      NOT NULL CHECK (limit_price_micros BETWEEN 0 AND 1000000),
    shares_micros        bigint      NOT NULL CHECK (shares_micros > 0),
    filled_shares_micros bigint      NOT NULL CHECK (filled_shares_micros >= 0),
    filled_micros        bigint      NOT NULL CHECK (filled_micros >= 0),
    fees_micros          bigint      NOT NULL CHECK (fees_micros >= 0),
    exit_reason          text        CHECK (exit_reason IN ('divergence', 'stop_loss', 'take_profit', 'time', 'manual',
                                         'resolution', 'entry_failed')),
    status               text        NOT NULL CHECK (status IN ('submitted', 'accepted', 'delayed', 'partially_filled',
                                         'filled', 'canceled', 'expired', 'rejected', 'unknown')),
    reason               text,
    salt                 bigint      NOT NULL,
    timestamp_ms         bigint      NOT NULL,
    submitted_at         timestamptz NOT NULL,
    market_time          timestamptz NOT NULL,
    recorded_at          timestamptz NOT NULL,
    PRIMARY KEY (account_id, client_order_id),
    UNIQUE (account_id, venue_order_id)
);

CREATE INDEX orders_open ON orders (account_id)
    WHERE status IN ('submitted', 'accepted', 'delayed', 'partially_filled', 'unknown');
CREATE INDEX orders_by_position ON orders (account_id, position_id);
CREATE INDEX orders_by_market ON orders (account_id, market_id, submitted_at);

CREATE TABLE fills (
    account_id      text        NOT NULL,
    venue_trade_id  text        NOT NULL,
    client_order_id text        NOT NULL,
    strategy_id     text        NOT NULL,
    market_id       text        NOT NULL,
    position_id     text        NOT NULL,
    token_id        text        NOT NULL,
    outcome         text        NOT NULL CHECK (outcome IN ('yes', 'no')),
    side            text        NOT NULL CHECK (side IN ('buy', 'sell')),
    sequence        bigint      NOT NULL,
    price_micros    bigint      NOT NULL CHECK (price_micros BETWEEN 0 AND 1000000),
    shares_micros   bigint      NOT NULL CHECK (shares_micros > 0),
    notional_micros bigint      NOT NULL CHECK (notional_micros >= 0),
    fee_micros      bigint      NOT NULL CHECK (fee_micros >= 0),
    liquidity       text        NOT NULL CHECK (liquidity IN ('maker', 'taker')),
    settlement      text        NOT NULL CHECK (settlement IN ('pending', 'posted', 'voided')),
    market_time     timestamptz NOT NULL,
    recorded_at     timestamptz NOT NULL,
    PRIMARY KEY (account_id, venue_trade_id, client_order_id),
    FOREIGN KEY (account_id, client_order_id) REFERENCES orders
);

CREATE INDEX fills_by_position ON fills (account_id, position_id, sequence);
CREATE INDEX fills_pending ON fills (account_id, venue_trade_id) WHERE settlement = 'pending';

-- The user's trade table: every purchase, sale and payout of a position, in the words of the market.
CREATE TABLE trades (
    account_id       text        NOT NULL REFERENCES accounts,
    trade_id         text        NOT NULL,
    strategy_id      text        NOT NULL,
    market_id        text        NOT NULL,
    market_name      text        NOT NULL,
    position_id      text        NOT NULL,
    client_order_id  text,
    token_id         text        NOT NULL,
    side             text        NOT NULL CHECK (side IN ('yes', 'no')),
    action           text        NOT NULL CHECK (action IN ('buy', 'sell', 'merge', 'redeem')),
    price_micros     bigint      NOT NULL CHECK (price_micros BETWEEN 0 AND 1000000),
    shares_micros    bigint      NOT NULL CHECK (shares_micros >= 0),
    usd_micros       bigint      NOT NULL CHECK (usd_micros >= 0),
    fee_micros       bigint      NOT NULL CHECK (fee_micros >= 0),
    settlement       text        NOT NULL CHECK (settlement IN ('pending', 'posted', 'voided')),
    venue_trade_id   text,
    transaction_hash text,
    executed_at      timestamptz NOT NULL,
    recorded_at      timestamptz NOT NULL,
    PRIMARY KEY (account_id, trade_id)
);

CREATE INDEX trades_by_date ON trades (account_id, executed_at DESC, trade_id);
CREATE INDEX trades_by_market ON trades (account_id, market_id, executed_at);
CREATE INDEX trades_pending ON trades (account_id, venue_trade_id) WHERE settlement = 'pending';
CREATE INDEX trades_by_position ON trades (account_id, position_id, executed_at);
