-- The practice exchange's own record. The trading application never reads it: it asks the exchange.
-- Record 3: trades with both sides, balances that move when a trade is mined, and the chain: what is sent again after
-- a restart is carried out once.
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
    capital    bigint NOT NULL,
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
    venue_order_id text        NOT NULL PRIMARY KEY,
    account_id     text        NOT NULL REFERENCES practice.accounts,
    market_id      text        NOT NULL,
    sequence       bigint      NOT NULL UNIQUE,
    status         text        NOT NULL,
    matched        bigint      NOT NULL CHECK (matched >= 0),
    reason         text,
    refusal        text,
    is_ended_by_resolution boolean NOT NULL,
    due_at_ms      bigint      NOT NULL,
    placed_at      timestamptz NOT NULL,
    request        jsonb       NOT NULL
);

-- One execution with all its sides. Balances move when it is mined.
CREATE TABLE practice.trades (
    sequence   bigint      NOT NULL PRIMARY KEY,
    trade_id   text        NOT NULL UNIQUE,
    market_id  text        NOT NULL,
    status     text        NOT NULL CHECK (status IN ('Matched', 'Mined', 'Confirmed', 'Retrying', 'Failed')),
    matched_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    body       jsonb       NOT NULL
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

-- What users did on the chain themselves.
CREATE TABLE practice.chain_actions (
    sequence   bigint      NOT NULL PRIMARY KEY,
    account_id text        NOT NULL REFERENCES practice.accounts,
    market_id  text,
    token_yes  text,
    token_no   text,
    kind       text        NOT NULL CHECK (kind IN ('Split', 'Merge', 'Redeem', 'Deposit', 'Withdrawal')),
    dollars    bigint      NOT NULL CHECK (dollars >= 0),
    shares_yes bigint      NOT NULL CHECK (shares_yes >= 0),
    shares_no  bigint      NOT NULL CHECK (shares_no >= 0),
    acted_at   timestamptz NOT NULL,
    operation_id text,
    transaction_hash text  NOT NULL,
    UNIQUE (account_id, operation_id)
);

-- Ends that somebody ordered for markets in place of those that were drawn.
CREATE TABLE practice.forced_ends (
    market_id   text   NOT NULL PRIMARY KEY,
    kind        text   NOT NULL,
    payout_yes  bigint CHECK (payout_yes BETWEEN 0 AND 1000000),
    resolved_at bigint NOT NULL
);

-- The count of transactions of an account or wallet, which its next one has to name.
CREATE TABLE practice.chain_nonces (
    account    text   NOT NULL PRIMARY KEY,
    next_nonce bigint NOT NULL CHECK (next_nonce > 0)
);

-- Transactions with what their receipts show, wall time.
CREATE TABLE practice.chain_transactions (
    place         bigint      NOT NULL GENERATED ALWAYS AS IDENTITY,
    hash          text        NOT NULL PRIMARY KEY,
    submission_id text        UNIQUE,
    sender        text        NOT NULL,
    target        text        NOT NULL,
    block         bigint      NOT NULL,
    sent_at       timestamptz NOT NULL,
    error         text,
    logs          jsonb       NOT NULL
);

-- What wallets have said about who may move their dollars and shares; unsaid, everything is allowed.
CREATE TABLE practice.chain_approvals (
    account_id    text    NOT NULL,
    is_collateral boolean NOT NULL,
    spender       text    NOT NULL,
    amount        text    NOT NULL,
    PRIMARY KEY (account_id, is_collateral, spender)
);

-- Last signs of life of keys that have begun to give them, wall time.
CREATE TABLE practice.heartbeats (
    api_key      text        NOT NULL PRIMARY KEY,
    address      text        NOT NULL,
    heartbeat_id text        NOT NULL,
    beaten_at    timestamptz NOT NULL,
    is_over      boolean     NOT NULL
);

-- Markets whose price grid became finer than they were listed with.
CREATE TABLE practice.ticks (
    market_id text   NOT NULL PRIMARY KEY,
    tick      bigint NOT NULL CHECK (tick > 0)
);

-- Credentials that were given out, wall time. The exchange is one's own: they protect nothing but its protocol.
CREATE TABLE practice.api_keys (
    api_key    text        NOT NULL PRIMARY KEY,
    address    text        NOT NULL,
    secret     text        NOT NULL,
    passphrase text        NOT NULL,
    nonce      bigint      NOT NULL,
    created_at timestamptz NOT NULL,
    is_deleted boolean     NOT NULL
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
