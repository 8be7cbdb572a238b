-- The schema as the scripts beside this file leave it, for reading. Generated: do not edit.
-- To renew it: EQUILIBRAGE_UPDATE_SCHEMA=1 ./test.sh integration

CREATE TABLE accounts (
    account_id text NOT NULL,
    mode text NOT NULL,
    venue text NOT NULL,
    wallet text NOT NULL,
    capital_micros bigint NOT NULL,
    market_time timestamp with time zone NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    CONSTRAINT accounts_pkey PRIMARY KEY (account_id),
    CONSTRAINT accounts_mode_venue_wallet_key UNIQUE (mode, venue, wallet),
    CONSTRAINT accounts_capital_micros_check CHECK ((capital_micros >= 0)),
    CONSTRAINT accounts_mode_check CHECK ((mode = ANY (ARRAY['sandbox'::text, 'paper'::text, 'live'::text, 'backtest'::text])))
);

CREATE TABLE alert_cursors (
    account_id text NOT NULL,
    sequence bigint NOT NULL,
    dropped_count bigint NOT NULL,
    summarized_at timestamp with time zone,
    recorded_at timestamp with time zone NOT NULL,
    CONSTRAINT alert_cursors_pkey PRIMARY KEY (account_id),
    CONSTRAINT alert_cursors_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts(account_id),
    CONSTRAINT alert_cursors_dropped_count_check CHECK ((dropped_count >= 0)),
    CONSTRAINT alert_cursors_sequence_check CHECK ((sequence >= 0))
);

CREATE TABLE alert_outbox (
    account_id text NOT NULL,
    alert_id text NOT NULL,
    channel text NOT NULL,
    kind text NOT NULL,
    title text NOT NULL,
    body text NOT NULL,
    state text NOT NULL,
    attempts integer NOT NULL,
    due_at timestamp with time zone NOT NULL,
    result text,
    market_time timestamp with time zone NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    CONSTRAINT alert_outbox_pkey PRIMARY KEY (account_id, alert_id, channel),
    CONSTRAINT alert_outbox_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts(account_id),
    CONSTRAINT alert_outbox_attempts_check CHECK ((attempts >= 0)),
    CONSTRAINT alert_outbox_channel_check CHECK ((channel = ANY (ARRAY['webhook'::text, 'discord'::text, 'telegram'::text]))),
    CONSTRAINT alert_outbox_state_check CHECK ((state = ANY (ARRAY['queued'::text, 'sent'::text, 'failed'::text])))
);

CREATE TABLE chain_operations (
    account_id text NOT NULL,
    operation_id text NOT NULL,
    kind text NOT NULL,
    market_id text NOT NULL,
    position_id text,
    amount_micros bigint NOT NULL,
    state text NOT NULL,
    revision bigint NOT NULL,
    attempts integer NOT NULL,
    nonce bigint,
    first_block bigint,
    payload bytea,
    expires_at timestamp with time zone,
    reference text,
    hashes text[] NOT NULL,
    next_try timestamp with time zone NOT NULL,
    last_error text,
    receipt jsonb,
    market_time timestamp with time zone NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    CONSTRAINT chain_operations_pkey PRIMARY KEY (account_id, operation_id),
    CONSTRAINT chain_operations_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts(account_id),
    CONSTRAINT chain_operations_amount_micros_check CHECK ((amount_micros >= 0)),
    CONSTRAINT chain_operations_attempts_check CHECK ((attempts >= 0)),
    CONSTRAINT chain_operations_check CHECK (((state <> 'sent'::text) OR ((nonce IS NOT NULL) AND (payload IS NOT NULL)))),
    CONSTRAINT chain_operations_check1 CHECK (((state = 'confirmed'::text) = (receipt IS NOT NULL))),
    CONSTRAINT chain_operations_first_block_check CHECK ((first_block >= 0)),
    CONSTRAINT chain_operations_kind_check CHECK ((kind = ANY (ARRAY['split'::text, 'merge'::text, 'redeem'::text, 'convert'::text]))),
    CONSTRAINT chain_operations_nonce_check CHECK ((nonce >= 0)),
    CONSTRAINT chain_operations_receipt_check CHECK ((jsonb_typeof(receipt) = 'object'::text)),
    CONSTRAINT chain_operations_revision_check CHECK ((revision >= 0)),
    CONSTRAINT chain_operations_state_check CHECK ((state = ANY (ARRAY['queued'::text, 'sent'::text, 'confirmed'::text, 'failed'::text])))
);

CREATE TABLE configuration (
    account_id text NOT NULL,
    strategy_id text NOT NULL,
    version integer NOT NULL,
    settings jsonb NOT NULL,
    changed_by text NOT NULL,
    market_time timestamp with time zone NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    CONSTRAINT configuration_pkey PRIMARY KEY (account_id, strategy_id, version),
    CONSTRAINT configuration_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts(account_id),
    CONSTRAINT configuration_settings_check CHECK ((jsonb_typeof(settings) = 'object'::text)),
    CONSTRAINT configuration_version_check CHECK ((version >= 1))
);

CREATE TABLE decisions (
    account_id text NOT NULL,
    decision_id bigint NOT NULL,
    strategy_id text NOT NULL,
    market_id text NOT NULL,
    market_name text NOT NULL,
    position_id text,
    verdict text NOT NULL,
    reason text,
    reason_detail text,
    score integer NOT NULL,
    raw_score_micros bigint NOT NULL,
    factors jsonb NOT NULL,
    is_kept boolean NOT NULL,
    market_time timestamp with time zone NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    CONSTRAINT decisions_pkey PRIMARY KEY (account_id, decision_id),
    CONSTRAINT decisions_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts(account_id),
    CONSTRAINT decisions_check CHECK (((verdict = 'refused'::text) = (reason IS NOT NULL))),
    CONSTRAINT decisions_check1 CHECK ((is_kept = (position_id IS NOT NULL))),
    CONSTRAINT decisions_factors_check CHECK ((jsonb_typeof(factors) = 'array'::text)),
    CONSTRAINT decisions_raw_score_micros_check CHECK (((raw_score_micros >= 0) AND (raw_score_micros <= 10000000))),
    CONSTRAINT decisions_score_check CHECK (((score >= 1) AND (score <= 10))),
    CONSTRAINT decisions_verdict_check CHECK ((verdict = ANY (ARRAY['entered'::text, 'eligible'::text, 'refused'::text])))
);

CREATE TABLE equity_points (
    account_id text NOT NULL,
    market_time timestamp with time zone NOT NULL,
    equity_micros bigint NOT NULL,
    cash_micros bigint NOT NULL,
    holdings_micros bigint NOT NULL,
    realized_pnl_micros bigint NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    CONSTRAINT equity_points_pkey PRIMARY KEY (account_id, market_time),
    CONSTRAINT equity_points_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts(account_id),
    CONSTRAINT equity_points_cash_micros_check CHECK ((cash_micros >= 0)),
    CONSTRAINT equity_points_check CHECK ((equity_micros = (cash_micros + holdings_micros))),
    CONSTRAINT equity_points_holdings_micros_check CHECK ((holdings_micros >= 0))
);

CREATE TABLE fills (
    account_id text NOT NULL,
    venue_trade_id text NOT NULL,
    client_order_id text NOT NULL,
    strategy_id text NOT NULL,
    market_id text NOT NULL,
    position_id text NOT NULL,
    token_id text NOT NULL,
    outcome text NOT NULL,
    side text NOT NULL,
    sequence bigint NOT NULL,
    price_micros bigint NOT NULL,
    shares_micros bigint NOT NULL,
    notional_micros bigint NOT NULL,
    fee_micros bigint NOT NULL,
    liquidity text NOT NULL,
    settlement text NOT NULL,
    market_time timestamp with time zone NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    CONSTRAINT fills_pkey PRIMARY KEY (account_id, venue_trade_id, client_order_id),
    CONSTRAINT fills_account_id_client_order_id_fkey FOREIGN KEY (account_id, client_order_id) REFERENCES orders(account_id, client_order_id),
    CONSTRAINT fills_fee_micros_check CHECK ((fee_micros >= 0)),
    CONSTRAINT fills_liquidity_check CHECK ((liquidity = ANY (ARRAY['maker'::text, 'taker'::text]))),
    CONSTRAINT fills_notional_micros_check CHECK ((notional_micros >= 0)),
    CONSTRAINT fills_outcome_check CHECK ((outcome = ANY (ARRAY['yes'::text, 'no'::text]))),
    CONSTRAINT fills_price_micros_check CHECK (((price_micros >= 0) AND (price_micros <= 1000000))),
    CONSTRAINT fills_settlement_check CHECK ((settlement = ANY (ARRAY['pending'::text, 'posted'::text, 'voided'::text]))),
    CONSTRAINT fills_shares_micros_check CHECK ((shares_micros > 0)),
    CONSTRAINT fills_side_check CHECK ((side = ANY (ARRAY['buy'::text, 'sell'::text])))
);

CREATE TABLE journal (
    account_id text NOT NULL,
    sequence bigint NOT NULL,
    previous_sequence bigint GENERATED ALWAYS AS (NULLIF((sequence - 1), 0)) STORED,
    schema_version integer NOT NULL,
    kind text NOT NULL,
    market_time timestamp with time zone NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    cause_sequence bigint,
    strategy_id text,
    market_id text,
    position_id text,
    client_order_id text,
    source text,
    source_event_id text,
    payload jsonb NOT NULL,
    CONSTRAINT journal_pkey PRIMARY KEY (account_id, sequence),
    CONSTRAINT journal_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts(account_id),
    CONSTRAINT journal_account_id_previous_sequence_fkey FOREIGN KEY (account_id, previous_sequence) REFERENCES journal(account_id, sequence),
    CONSTRAINT journal_check CHECK ((cause_sequence <= sequence)),
    CONSTRAINT journal_check1 CHECK (((source IS NULL) = (source_event_id IS NULL))),
    CONSTRAINT journal_schema_version_check CHECK ((schema_version >= 1)),
    CONSTRAINT journal_sequence_check CHECK ((sequence >= 1))
);

CREATE TABLE leases (
    account_id text NOT NULL,
    epoch bigint NOT NULL,
    renewals bigint NOT NULL,
    holder text,
    holder_name text NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    CONSTRAINT leases_pkey PRIMARY KEY (account_id),
    CONSTRAINT leases_epoch_check CHECK ((epoch >= 1)),
    CONSTRAINT leases_renewals_check CHECK ((renewals >= 0))
);

CREATE TABLE ledger_entries (
    account_id text NOT NULL,
    entry_id text NOT NULL,
    kind text NOT NULL,
    status text NOT NULL,
    sequence bigint NOT NULL,
    strategy_id text,
    market_id text,
    position_id text,
    client_order_id text,
    venue_trade_id text,
    market_time timestamp with time zone NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    settled_at timestamp with time zone,
    CONSTRAINT ledger_entries_pkey PRIMARY KEY (account_id, entry_id),
    CONSTRAINT ledger_entries_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts(account_id),
    CONSTRAINT ledger_entries_check CHECK (((status <> 'pending'::text) OR (settled_at IS NULL))),
    CONSTRAINT ledger_entries_status_check CHECK ((status = ANY (ARRAY['pending'::text, 'posted'::text, 'voided'::text])))
);

CREATE TABLE ledger_postings (
    account_id text NOT NULL,
    entry_id text NOT NULL,
    line integer NOT NULL,
    ledger_account text NOT NULL,
    asset text NOT NULL,
    amount_micros bigint NOT NULL,
    CONSTRAINT ledger_postings_pkey PRIMARY KEY (account_id, entry_id, line),
    CONSTRAINT ledger_postings_account_id_entry_id_fkey FOREIGN KEY (account_id, entry_id) REFERENCES ledger_entries(account_id, entry_id),
    CONSTRAINT ledger_postings_line_check CHECK ((line >= 1))
);

CREATE TABLE markets (
    account_id text NOT NULL,
    market_id text NOT NULL,
    market_name text NOT NULL,
    slug text,
    category text,
    group_id text,
    group_name text,
    outcome_yes text NOT NULL,
    outcome_no text NOT NULL,
    token_yes text NOT NULL,
    token_no text NOT NULL,
    tick_size_micros bigint NOT NULL,
    minimum_size_micros bigint NOT NULL,
    fee_rate_micros bigint,
    fee_is_assumed boolean DEFAULT false NOT NULL,
    event_start timestamp with time zone,
    expected_end timestamp with time zone,
    resolved_at timestamp with time zone,
    resolution text,
    payout_yes_micros bigint,
    document jsonb NOT NULL,
    market_time timestamp with time zone NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    CONSTRAINT markets_pkey PRIMARY KEY (account_id, market_id),
    CONSTRAINT markets_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts(account_id),
    CONSTRAINT markets_fee_rate_micros_check CHECK ((fee_rate_micros >= 0)),
    CONSTRAINT markets_minimum_size_micros_check CHECK ((minimum_size_micros >= 0)),
    CONSTRAINT markets_payout_yes_micros_check CHECK (((payout_yes_micros >= 0) AND (payout_yes_micros <= 1000000))),
    CONSTRAINT markets_resolution_check CHECK ((resolution = ANY (ARRAY['yes'::text, 'no'::text, 'split'::text, 'void'::text]))),
    CONSTRAINT markets_tick_size_micros_check CHECK ((tick_size_micros > 0))
);

CREATE TABLE one_leg_statistics (
    account_id text NOT NULL,
    market_id text NOT NULL,
    attempts integer NOT NULL,
    entered integer NOT NULL,
    one_legs integer NOT NULL,
    chases integer NOT NULL,
    unwinds integer NOT NULL,
    cost_micros bigint NOT NULL,
    market_time timestamp with time zone NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    CONSTRAINT one_leg_statistics_pkey PRIMARY KEY (account_id, market_id),
    CONSTRAINT one_leg_statistics_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts(account_id),
    CONSTRAINT one_leg_statistics_attempts_check CHECK ((attempts >= 0)),
    CONSTRAINT one_leg_statistics_chases_check CHECK ((chases >= 0)),
    CONSTRAINT one_leg_statistics_entered_check CHECK ((entered >= 0)),
    CONSTRAINT one_leg_statistics_one_legs_check CHECK ((one_legs >= 0)),
    CONSTRAINT one_leg_statistics_unwinds_check CHECK ((unwinds >= 0))
);

CREATE TABLE opportunities (
    account_id text NOT NULL,
    strategy_id text NOT NULL,
    market_id text NOT NULL,
    market_name text NOT NULL,
    score integer NOT NULL,
    raw_score_micros bigint NOT NULL,
    liquidity_micros bigint,
    liquidity_score_micros bigint,
    volatility_score_micros bigint,
    whale_activity_score_micros bigint,
    news_relevance_score_micros bigint,
    expected_cost_micros bigint,
    is_eligible boolean NOT NULL,
    refused_by text,
    factors jsonb NOT NULL,
    detected_at timestamp with time zone NOT NULL,
    market_time timestamp with time zone NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    CONSTRAINT opportunities_pkey PRIMARY KEY (account_id, strategy_id, market_id),
    CONSTRAINT opportunities_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts(account_id),
    CONSTRAINT opportunities_factors_check CHECK ((jsonb_typeof(factors) = 'array'::text)),
    CONSTRAINT opportunities_liquidity_micros_check CHECK ((liquidity_micros >= 0)),
    CONSTRAINT opportunities_liquidity_score_micros_check CHECK (((liquidity_score_micros >= 0) AND (liquidity_score_micros <= 10000000))),
    CONSTRAINT opportunities_news_relevance_score_micros_check CHECK (((news_relevance_score_micros >= 0) AND (news_relevance_score_micros <= 10000000))),
    CONSTRAINT opportunities_raw_score_micros_check CHECK (((raw_score_micros >= 0) AND (raw_score_micros <= 10000000))),
    CONSTRAINT opportunities_score_check CHECK (((score >= 1) AND (score <= 10))),
    CONSTRAINT opportunities_volatility_score_micros_check CHECK (((volatility_score_micros >= 0) AND (volatility_score_micros <= 10000000))),
    CONSTRAINT opportunities_whale_activity_score_micros_check CHECK (((whale_activity_score_micros >= 0) AND (whale_activity_score_micros <= 10000000)))
);

CREATE TABLE orders (
    account_id text NOT NULL,
    client_order_id text NOT NULL,
    venue_order_id text NOT NULL,
    strategy_id text NOT NULL,
    market_id text NOT NULL,
    position_id text NOT NULL,
    token_id text NOT NULL,
    outcome text NOT NULL,
    side text NOT NULL,
    order_type text NOT NULL,
    is_post_only boolean NOT NULL,
    limit_price_micros bigint NOT NULL,
    shares_micros bigint NOT NULL,
    filled_shares_micros bigint NOT NULL,
    filled_micros bigint NOT NULL,
    fees_micros bigint NOT NULL,
    exit_reason text,
    status text NOT NULL,
    reason text,
    salt bigint NOT NULL,
    timestamp_ms bigint NOT NULL,
    submitted_at timestamp with time zone NOT NULL,
    market_time timestamp with time zone NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    CONSTRAINT orders_pkey PRIMARY KEY (account_id, client_order_id),
    CONSTRAINT orders_account_id_venue_order_id_key UNIQUE (account_id, venue_order_id),
    CONSTRAINT orders_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts(account_id),
    CONSTRAINT orders_exit_reason_check CHECK ((exit_reason = ANY (ARRAY['divergence'::text, 'stop_loss'::text, 'take_profit'::text, 'time'::text, 'manual'::text, 'resolution'::text, 'entry_failed'::text]))),
    CONSTRAINT orders_fees_micros_check CHECK ((fees_micros >= 0)),
    CONSTRAINT orders_filled_micros_check CHECK ((filled_micros >= 0)),
    CONSTRAINT orders_filled_shares_micros_check CHECK ((filled_shares_micros >= 0)),
    CONSTRAINT orders_limit_price_micros_check CHECK (((limit_price_micros >= 0) AND (limit_price_micros <= 1000000))),
    CONSTRAINT orders_order_type_check CHECK ((order_type = ANY (ARRAY['gtc'::text, 'gtd'::text, 'fok'::text, 'fak'::text]))),
    CONSTRAINT orders_outcome_check CHECK ((outcome = ANY (ARRAY['yes'::text, 'no'::text]))),
    CONSTRAINT orders_shares_micros_check CHECK ((shares_micros > 0)),
    CONSTRAINT orders_side_check CHECK ((side = ANY (ARRAY['buy'::text, 'sell'::text]))),
    CONSTRAINT orders_status_check CHECK ((status = ANY (ARRAY['submitted'::text, 'accepted'::text, 'delayed'::text, 'partially_filled'::text, 'filled'::text, 'canceled'::text, 'expired'::text, 'rejected'::text, 'unknown'::text])))
);

CREATE TABLE position_legs (
    account_id text NOT NULL,
    position_id text NOT NULL,
    token_id text NOT NULL,
    side text NOT NULL,
    budget_micros bigint NOT NULL,
    planned_shares_micros bigint NOT NULL,
    bought_shares_micros bigint NOT NULL,
    sold_shares_micros bigint NOT NULL,
    settled_shares_micros bigint NOT NULL,
    held_shares_micros bigint NOT NULL,
    cost_micros bigint NOT NULL,
    proceeds_micros bigint NOT NULL,
    payout_micros bigint NOT NULL,
    fees_micros bigint NOT NULL,
    entry_price_micros bigint,
    exit_price_micros bigint,
    trigger_price_micros bigint,
    realized_slippage_micros bigint,
    exit_reason text,
    market_time timestamp with time zone NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    CONSTRAINT position_legs_pkey PRIMARY KEY (account_id, position_id, token_id),
    CONSTRAINT position_legs_account_id_position_id_fkey FOREIGN KEY (account_id, position_id) REFERENCES positions(account_id, position_id),
    CONSTRAINT position_legs_bought_shares_micros_check CHECK ((bought_shares_micros >= 0)),
    CONSTRAINT position_legs_budget_micros_check CHECK ((budget_micros >= 0)),
    CONSTRAINT position_legs_check CHECK ((held_shares_micros = ((bought_shares_micros - sold_shares_micros) - settled_shares_micros))),
    CONSTRAINT position_legs_cost_micros_check CHECK ((cost_micros >= 0)),
    CONSTRAINT position_legs_entry_price_micros_check CHECK (((entry_price_micros >= 0) AND (entry_price_micros <= 1000000))),
    CONSTRAINT position_legs_exit_price_micros_check CHECK (((exit_price_micros >= 0) AND (exit_price_micros <= 1000000))),
    CONSTRAINT position_legs_exit_reason_check CHECK ((exit_reason = ANY (ARRAY['divergence'::text, 'stop_loss'::text, 'take_profit'::text, 'time'::text, 'manual'::text, 'resolution'::text, 'entry_failed'::text]))),
    CONSTRAINT position_legs_fees_micros_check CHECK ((fees_micros >= 0)),
    CONSTRAINT position_legs_held_shares_micros_check CHECK ((held_shares_micros >= 0)),
    CONSTRAINT position_legs_payout_micros_check CHECK ((payout_micros >= 0)),
    CONSTRAINT position_legs_planned_shares_micros_check CHECK ((planned_shares_micros >= 0)),
    CONSTRAINT position_legs_proceeds_micros_check CHECK ((proceeds_micros >= 0)),
    CONSTRAINT position_legs_settled_shares_micros_check CHECK ((settled_shares_micros >= 0)),
    CONSTRAINT position_legs_side_check CHECK ((side = ANY (ARRAY['yes'::text, 'no'::text]))),
    CONSTRAINT position_legs_sold_shares_micros_check CHECK ((sold_shares_micros >= 0)),
    CONSTRAINT position_legs_trigger_price_micros_check CHECK (((trigger_price_micros >= 0) AND (trigger_price_micros <= 1000000)))
);

CREATE TABLE position_marks (
    account_id text NOT NULL,
    position_id text NOT NULL,
    market_time timestamp with time zone NOT NULL,
    bid_yes_micros bigint,
    bid_no_micros bigint,
    pnl_micros bigint NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    CONSTRAINT position_marks_pkey PRIMARY KEY (account_id, position_id, market_time),
    CONSTRAINT position_marks_account_id_position_id_fkey FOREIGN KEY (account_id, position_id) REFERENCES positions(account_id, position_id),
    CONSTRAINT position_marks_bid_no_micros_check CHECK (((bid_no_micros >= 0) AND (bid_no_micros <= 1000000))),
    CONSTRAINT position_marks_bid_yes_micros_check CHECK (((bid_yes_micros >= 0) AND (bid_yes_micros <= 1000000)))
);

CREATE TABLE positions (
    account_id text NOT NULL,
    position_id text NOT NULL,
    strategy_id text NOT NULL,
    market_id text NOT NULL,
    market_name text NOT NULL,
    status text NOT NULL,
    state text NOT NULL,
    score integer,
    rules jsonb NOT NULL,
    allocation_micros bigint NOT NULL,
    ratio_yes_micros bigint NOT NULL,
    entry_time timestamp with time zone NOT NULL,
    entry_price_yes_micros bigint,
    entry_price_no_micros bigint,
    capital_yes_micros bigint NOT NULL,
    capital_no_micros bigint NOT NULL,
    shares_yes_micros bigint NOT NULL,
    shares_no_micros bigint NOT NULL,
    current_price_yes_micros bigint,
    current_price_no_micros bigint,
    liquidated_side text,
    liquidation_time timestamp with time zone,
    trigger_price_micros bigint,
    realized_slippage_micros bigint,
    close_time timestamp with time zone,
    exit_reason text,
    resolution_outcome text,
    fees_micros bigint NOT NULL,
    realized_pnl_micros bigint NOT NULL,
    pnl_micros bigint NOT NULL,
    is_manual boolean NOT NULL,
    document jsonb NOT NULL,
    row_version bigint NOT NULL,
    market_time timestamp with time zone NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    CONSTRAINT positions_pkey PRIMARY KEY (account_id, position_id),
    CONSTRAINT positions_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts(account_id),
    CONSTRAINT positions_allocation_micros_check CHECK ((allocation_micros >= 0)),
    CONSTRAINT positions_capital_no_micros_check CHECK ((capital_no_micros >= 0)),
    CONSTRAINT positions_capital_yes_micros_check CHECK ((capital_yes_micros >= 0)),
    CONSTRAINT positions_check CHECK (((status = 'closed'::text) = (close_time IS NOT NULL))),
    CONSTRAINT positions_current_price_no_micros_check CHECK (((current_price_no_micros >= 0) AND (current_price_no_micros <= 1000000))),
    CONSTRAINT positions_current_price_yes_micros_check CHECK (((current_price_yes_micros >= 0) AND (current_price_yes_micros <= 1000000))),
    CONSTRAINT positions_entry_price_no_micros_check CHECK (((entry_price_no_micros >= 0) AND (entry_price_no_micros <= 1000000))),
    CONSTRAINT positions_entry_price_yes_micros_check CHECK (((entry_price_yes_micros >= 0) AND (entry_price_yes_micros <= 1000000))),
    CONSTRAINT positions_exit_reason_check CHECK ((exit_reason = ANY (ARRAY['divergence'::text, 'stop_loss'::text, 'take_profit'::text, 'time'::text, 'manual'::text, 'resolution'::text, 'entry_failed'::text]))),
    CONSTRAINT positions_fees_micros_check CHECK ((fees_micros >= 0)),
    CONSTRAINT positions_liquidated_side_check CHECK ((liquidated_side = ANY (ARRAY['yes'::text, 'no'::text]))),
    CONSTRAINT positions_ratio_yes_micros_check CHECK (((ratio_yes_micros >= 0) AND (ratio_yes_micros <= 1000000))),
    CONSTRAINT positions_resolution_outcome_check CHECK ((resolution_outcome = ANY (ARRAY['yes'::text, 'no'::text, 'split'::text, 'void'::text]))),
    CONSTRAINT positions_row_version_check CHECK ((row_version >= 1)),
    CONSTRAINT positions_score_check CHECK (((score >= 1) AND (score <= 10))),
    CONSTRAINT positions_shares_no_micros_check CHECK ((shares_no_micros >= 0)),
    CONSTRAINT positions_shares_yes_micros_check CHECK ((shares_yes_micros >= 0)),
    CONSTRAINT positions_status_check CHECK ((status = ANY (ARRAY['active'::text, 'liquidated'::text, 'closed'::text]))),
    CONSTRAINT positions_trigger_price_micros_check CHECK (((trigger_price_micros >= 0) AND (trigger_price_micros <= 1000000)))
);

CREATE TABLE scans (
    account_id text NOT NULL,
    scan_id bigint NOT NULL,
    market_count integer NOT NULL,
    eligible_count integer NOT NULL,
    reasons jsonb NOT NULL,
    market_time timestamp with time zone NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    CONSTRAINT scans_pkey PRIMARY KEY (account_id, scan_id),
    CONSTRAINT scans_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts(account_id),
    CONSTRAINT scans_check CHECK (((eligible_count >= 0) AND (eligible_count <= market_count))),
    CONSTRAINT scans_market_count_check CHECK ((market_count >= 0)),
    CONSTRAINT scans_reasons_check CHECK ((jsonb_typeof(reasons) = 'object'::text))
);

CREATE TABLE schema_migrations (
    number integer NOT NULL,
    name text NOT NULL,
    checksum text NOT NULL,
    applied_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT schema_migrations_pkey PRIMARY KEY (number)
);

CREATE TABLE trades (
    account_id text NOT NULL,
    trade_id text NOT NULL,
    strategy_id text NOT NULL,
    market_id text NOT NULL,
    market_name text NOT NULL,
    position_id text NOT NULL,
    client_order_id text,
    token_id text NOT NULL,
    side text NOT NULL,
    action text NOT NULL,
    price_micros bigint NOT NULL,
    shares_micros bigint NOT NULL,
    usd_micros bigint NOT NULL,
    fee_micros bigint NOT NULL,
    settlement text NOT NULL,
    venue_trade_id text,
    transaction_hash text,
    executed_at timestamp with time zone NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    CONSTRAINT trades_pkey PRIMARY KEY (account_id, trade_id),
    CONSTRAINT trades_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts(account_id),
    CONSTRAINT trades_action_check CHECK ((action = ANY (ARRAY['buy'::text, 'sell'::text, 'split'::text, 'merge'::text, 'redeem'::text]))),
    CONSTRAINT trades_fee_micros_check CHECK ((fee_micros >= 0)),
    CONSTRAINT trades_price_micros_check CHECK (((price_micros >= 0) AND (price_micros <= 1000000))),
    CONSTRAINT trades_settlement_check CHECK ((settlement = ANY (ARRAY['pending'::text, 'posted'::text, 'voided'::text]))),
    CONSTRAINT trades_shares_micros_check CHECK ((shares_micros >= 0)),
    CONSTRAINT trades_side_check CHECK ((side = ANY (ARRAY['yes'::text, 'no'::text]))),
    CONSTRAINT trades_usd_micros_check CHECK ((usd_micros >= 0))
);

CREATE TABLE whales (
    account_id text NOT NULL,
    wallet_address text NOT NULL,
    total_volume_micros bigint NOT NULL,
    trade_count integer NOT NULL,
    markets_active jsonb NOT NULL,
    last_trade_time timestamp with time zone,
    market_time timestamp with time zone NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    CONSTRAINT whales_pkey PRIMARY KEY (account_id, wallet_address),
    CONSTRAINT whales_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts(account_id),
    CONSTRAINT whales_markets_active_check CHECK ((jsonb_typeof(markets_active) = 'array'::text)),
    CONSTRAINT whales_total_volume_micros_check CHECK ((total_volume_micros >= 0)),
    CONSTRAINT whales_trade_count_check CHECK ((trade_count >= 0))
);

CREATE INDEX alert_outbox_due ON alert_outbox USING btree (account_id, due_at) WHERE (state = 'queued'::text);
CREATE UNIQUE INDEX chain_operations_sent ON chain_operations USING btree (account_id) WHERE (state = 'sent'::text);
CREATE INDEX decisions_by_date ON decisions USING btree (account_id, market_time DESC, decision_id DESC);
CREATE INDEX decisions_by_market ON decisions USING btree (account_id, market_id, market_time DESC, decision_id DESC);
CREATE INDEX decisions_by_position ON decisions USING btree (account_id, position_id) WHERE (position_id IS NOT NULL);
CREATE INDEX decisions_to_forget ON decisions USING btree (account_id, recorded_at) WHERE (NOT is_kept);
CREATE INDEX fills_by_position ON fills USING btree (account_id, position_id, sequence);
CREATE INDEX fills_pending ON fills USING btree (account_id, venue_trade_id) WHERE (settlement = 'pending'::text);
CREATE INDEX journal_order ON journal USING btree (account_id, client_order_id, sequence) WHERE (client_order_id IS NOT NULL);
CREATE INDEX journal_position ON journal USING btree (account_id, position_id, sequence) WHERE (position_id IS NOT NULL);
CREATE UNIQUE INDEX journal_source_event ON journal USING btree (account_id, source, source_event_id) WHERE (source IS NOT NULL);
CREATE INDEX ledger_entries_by_position ON ledger_entries USING btree (account_id, position_id, sequence);
CREATE INDEX ledger_entries_pending ON ledger_entries USING btree (account_id, venue_trade_id) WHERE (status = 'pending'::text);
CREATE INDEX ledger_postings_by_account ON ledger_postings USING btree (account_id, ledger_account, asset) INCLUDE (amount_micros);
CREATE INDEX opportunities_by_score ON opportunities USING btree (account_id, score DESC, market_id);
CREATE INDEX orders_by_market ON orders USING btree (account_id, market_id, submitted_at);
CREATE INDEX orders_by_position ON orders USING btree (account_id, position_id);
CREATE INDEX orders_open ON orders USING btree (account_id) WHERE (status = ANY (ARRAY['submitted'::text, 'accepted'::text, 'delayed'::text, 'partially_filled'::text, 'unknown'::text]));
CREATE INDEX positions_by_market ON positions USING btree (account_id, market_id, entry_time);
CREATE INDEX positions_by_outcome ON positions USING btree (account_id, exit_reason, close_time DESC);
CREATE INDEX positions_closed_by_date ON positions USING btree (account_id, close_time DESC, position_id) WHERE (status = 'closed'::text);
CREATE INDEX positions_open ON positions USING btree (account_id, strategy_id) WHERE (status <> 'closed'::text);
CREATE INDEX scans_by_date ON scans USING btree (account_id, recorded_at);
CREATE INDEX trades_by_date ON trades USING btree (account_id, executed_at DESC, trade_id);
CREATE INDEX trades_by_market ON trades USING btree (account_id, market_id, executed_at);
CREATE INDEX trades_by_position ON trades USING btree (account_id, position_id, executed_at);
CREATE INDEX trades_pending ON trades USING btree (account_id, venue_trade_id) WHERE (settlement = 'pending'::text);
CREATE INDEX whales_by_volume ON whales USING btree (account_id, total_volume_micros DESC);

CREATE OR REPLACE FUNCTION require_balanced_entry()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
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
$function$;

CREATE OR REPLACE FUNCTION require_lease(wanted_account text, wanted_epoch bigint)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
DECLARE
    held leases;
BEGIN
    SELECT * INTO held FROM leases WHERE account_id = wanted_account FOR SHARE;
    IF coalesce(held.epoch, 0) <> wanted_epoch THEN
        RAISE EXCEPTION 'epoch % of account % is over: % leads under epoch %',
            wanted_epoch, wanted_account, coalesce(held.holder_name, 'nobody'), coalesce(held.epoch, 0)
            USING ERRCODE = 'EQ001';
    END IF;
END;
$function$;

CREATE CONSTRAINT TRIGGER ledger_postings_balance AFTER INSERT OR DELETE OR UPDATE ON ledger_postings DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION require_balanced_entry();
