-- Money, double entry. An entry's postings sum to zero per asset, which the database itself insists on.

CREATE TABLE ledger_entries (
    account_id      text        NOT NULL REFERENCES accounts,
    entry_id        text        NOT NULL,
    kind            text        NOT NULL,
    status          text        NOT NULL CHECK (status IN ('pending', 'posted', 'voided')),
    sequence        bigint      NOT NULL,
    strategy_id     text,
    market_id       text,
    position_id     text,
    client_order_id text,
    venue_trade_id  text,
    market_time     timestamptz NOT NULL,
    recorded_at     timestamptz NOT NULL,
    settled_at      timestamptz,
    PRIMARY KEY (account_id, entry_id),
    CHECK (status <> 'pending' OR settled_at IS NULL)
);

CREATE INDEX ledger_entries_by_position ON ledger_entries (account_id, position_id, sequence);
CREATE INDEX ledger_entries_pending ON ledger_entries (account_id, venue_trade_id) WHERE status = 'pending';

CREATE TABLE ledger_postings (
    account_id     text    NOT NULL,
    entry_id       text    NOT NULL,
    line           integer NOT NULL CHECK (line >= 1),
    ledger_account text    NOT NULL,
    asset          text    NOT NULL,
    amount_micros  bigint  NOT NULL,
    PRIMARY KEY (account_id, entry_id, line),
    FOREIGN KEY (account_id, entry_id) REFERENCES ledger_entries
);

CREATE INDEX ledger_postings_by_account ON ledger_postings (account_id, ledger_account, asset) INCLUDE (amount_micros);

CREATE FUNCTION require_balanced_entry() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    touched ledger_postings := coalesce(NEW, OLD);
    wrong   record;
BEGIN
    SELECT asset, sum(amount_micros) AS total INTO wrong
    FROM ledger_postings
    WHERE account_id = touched.account_id AND entry_id = touched.entry_id
    GROUP BY asset HAVING sum(amount_micros) <> 0
    LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'ledger entry % does not balance: % is off by %', touched.entry_id, wrong.asset, wrong.total
            USING ERRCODE = 'check_violation', CONSTRAINT = 'ledger_postings_balance';
    END IF;
    RETURN NULL;
END;
$$;

CREATE CONSTRAINT TRIGGER ledger_postings_balance
    AFTER INSERT OR UPDATE OR DELETE ON ledger_postings
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION require_balanced_entry();

-- The overview's chart, one point per market time.
CREATE TABLE equity_points (
    account_id          text        NOT NULL REFERENCES accounts,
    market_time         timestamptz NOT NULL,
    equity_micros       bigint      NOT NULL,
    cash_micros         bigint      NOT NULL CHECK (cash_micros >= 0),
    holdings_micros     bigint      NOT NULL CHECK (holdings_micros >= 0),
    realized_pnl_micros bigint      NOT NULL,
    recorded_at         timestamptz NOT NULL,
    PRIMARY KEY (account_id, market_time),
    CHECK (equity_micros = cash_micros + holdings_micros)
);
