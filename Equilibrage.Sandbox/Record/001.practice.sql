-- The practice exchange's own record. The trading application never reads it: it asks the exchange.
-- Amounts are 64-bit micro-units; market times of the exchange are Unix seconds unless named otherwise.

CREATE SCHEMA practice;

-- Which universe this is. Everything about prices and markets follows from it and from the clock.
CREATE TABLE practice.universe (
    id           integer     NOT NULL PRIMARY KEY CHECK (id = 1),
    seed         bigint      NOT NULL,
    source       text        NOT NULL,
    capital      bigint      NOT NULL CHECK (capital >= 0),
    start        timestamptz NOT NULL,
    step_seconds integer     NOT NULL CHECK (step_seconds > 0),
    created_at   timestamptz NOT NULL
);

-- How far it has come. The commit number tells whether a commit without an answer took place.
CREATE TABLE practice.clock (
    id            integer NOT NULL PRIMARY KEY CHECK (id = 1),
    commit_number bigint  NOT NULL,
    step          bigint  NOT NULL CHECK (step >= 0),
    next_sequence bigint  NOT NULL,
    crowd         bigint  NOT NULL,
    venue         bigint  NOT NULL
);

CREATE TABLE practice.accounts (
    account_id text   NOT NULL PRIMARY KEY,
    capital    bigint NOT NULL CHECK (capital >= 0),
    cash       bigint NOT NULL CHECK (cash >= 0)
);

CREATE TABLE practice.holdings (
    account_id text     NOT NULL REFERENCES practice.accounts,
    token_id   text     NOT NULL,
    market_id  text     NOT NULL,
    outcome    text     NOT NULL CHECK (outcome IN ('Yes', 'No')),
    quantity   bigint   NOT NULL CHECK (quantity >= 0),
    PRIMARY KEY (account_id, token_id)
);

CREATE TABLE practice.orders (
    venue_order_id text   NOT NULL PRIMARY KEY,
    account_id     text   NOT NULL REFERENCES practice.accounts,
    market_id      text   NOT NULL,
    sequence       bigint NOT NULL UNIQUE,
    status         text   NOT NULL,
    reason         text,
    due_at_ms      bigint NOT NULL,
    command        jsonb  NOT NULL
);

CREATE TABLE practice.trades (
    sequence       bigint      NOT NULL PRIMARY KEY,
    trade_id       text        NOT NULL,
    venue_order_id text        NOT NULL REFERENCES practice.orders,
    account_id     text        NOT NULL REFERENCES practice.accounts,
    market_id      text        NOT NULL,
    token_id       text        NOT NULL,
    outcome        text        NOT NULL CHECK (outcome IN ('Yes', 'No')),
    side           text        NOT NULL CHECK (side IN ('Buy', 'Sell')),
    price          bigint      NOT NULL CHECK (price BETWEEN 0 AND 1000000),
    quantity       bigint      NOT NULL CHECK (quantity > 0),
    notional       bigint      NOT NULL CHECK (notional >= 0),
    fee            bigint      NOT NULL CHECK (fee >= 0),
    liquidity      text        NOT NULL CHECK (liquidity IN ('Maker', 'Taker')),
    executed_at    timestamptz NOT NULL,
    settles_at     bigint      NOT NULL,
    state          text        NOT NULL CHECK (state IN ('Matched', 'Confirmed', 'Failed')),
    is_with_crowd  boolean     NOT NULL,
    UNIQUE (trade_id, venue_order_id)
);

-- Ends of markets, and what was listed in their place.
CREATE TABLE practice.endings (
    market_id      text        NOT NULL PRIMARY KEY,
    kind           text        NOT NULL,
    payout_yes     bigint      NOT NULL CHECK (payout_yes BETWEEN 0 AND 1000000),
    resolved_at    timestamptz NOT NULL,
    next_market_id text        NOT NULL,
    generation     integer     NOT NULL CHECK (generation > 0)
);

CREATE TABLE practice.redemptions (
    id          bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    account_id  text        NOT NULL REFERENCES practice.accounts,
    market_id   text        NOT NULL,
    payout      bigint      NOT NULL CHECK (payout >= 0),
    burned_yes  bigint      NOT NULL CHECK (burned_yes >= 0),
    burned_no   bigint      NOT NULL CHECK (burned_no >= 0),
    redeemed_at timestamptz NOT NULL
);

-- Ids that were canceled before their order arrived; such an order is refused for ever.
CREATE TABLE practice.tombstones (
    venue_order_id text NOT NULL PRIMARY KEY
);

-- The crowd's orders of books that users have touched; all other books follow from the clock.
CREATE TABLE practice.books (
    market_id text  NOT NULL PRIMARY KEY,
    crowd     bytea NOT NULL
);
