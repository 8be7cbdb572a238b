-- Alerts on their way to the operator. Which of them are wanted and where they go stands in a file of the data folder,
-- since addresses of channels are secrets.

-- How far the journal was looked through for alerts, and what the queue's bound cost.
CREATE TABLE alert_cursors (
    account_id    text        NOT NULL PRIMARY KEY REFERENCES accounts,
    sequence      bigint      NOT NULL CHECK (sequence >= 0),
    dropped_count bigint      NOT NULL CHECK (dropped_count >= 0),
    summarized_at timestamptz,
    recorded_at   timestamptz NOT NULL
);

-- One row per alert and channel: the key keeps an alert from being queued twice, whatever is restarted in between.
CREATE TABLE alert_outbox (
    account_id  text        NOT NULL REFERENCES accounts,
    alert_id    text        NOT NULL,
    channel     text        NOT NULL CHECK (channel IN ('webhook', 'discord', 'telegram')),
    kind        text        NOT NULL,
    title       text        NOT NULL,
    body        text        NOT NULL,
    state       text        NOT NULL CHECK (state IN ('queued', 'sent', 'failed')),
    attempts    integer     NOT NULL CHECK (attempts >= 0),
    due_at      timestamptz NOT NULL,
    result      text,
    market_time timestamptz NOT NULL,
    recorded_at timestamptz NOT NULL,
    PRIMARY KEY (account_id, alert_id, channel)
);

CREATE INDEX alert_outbox_due ON alert_outbox (account_id, due_at) WHERE state = 'queued';
