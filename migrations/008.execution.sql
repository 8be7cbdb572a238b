-- Splits beside merges in the user's trade table, and how entries into each market went.

ALTER TABLE trades DROP CONSTRAINT trades_action_check;
ALTER TABLE trades ADD CONSTRAINT trades_action_check
    CHECK (action IN ('buy', 'sell', 'split', 'merge', 'redeem'));

-- Counted up by the journal's records as they are written: an entry that stood on one leg when its timer ran out was
-- chased or unwound, and cost something.
CREATE TABLE one_leg_statistics (
    account_id  text        NOT NULL REFERENCES accounts,
    market_id   text        NOT NULL,
    attempts    integer     NOT NULL CHECK (attempts >= 0),
    entered     integer     NOT NULL CHECK (entered >= 0),
    one_legs    integer     NOT NULL CHECK (one_legs >= 0),
    chases      integer     NOT NULL CHECK (chases >= 0),
    unwinds     integer     NOT NULL CHECK (unwinds >= 0),
    cost_micros bigint      NOT NULL,
    market_time timestamptz NOT NULL,
    recorded_at timestamptz NOT NULL,
    PRIMARY KEY (account_id, market_id)
);
