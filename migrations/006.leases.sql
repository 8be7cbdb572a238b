-- Who trades an account. One process leads under an epoch; each new lease has a higher one, and a journal batch that
-- carries an older epoch is refused, whatever its writer believes. Nobody compares the database's clock with anything:
-- whoever stands by watches the counter of renewals and takes over after it stood still for long enough.

CREATE TABLE leases (
    account_id  text        NOT NULL PRIMARY KEY,
    epoch       bigint      NOT NULL CHECK (epoch >= 1),
    renewals    bigint      NOT NULL CHECK (renewals >= 0),
    holder      text,
    holder_name text        NOT NULL,
    recorded_at timestamptz NOT NULL
);

-- Holds the lease still until the caller's transaction ends: a new lease waits for the writes of the old one, and sees
-- them. Without an epoch (0) only an account that never had a lease is written.
CREATE FUNCTION require_lease(wanted_account text, wanted_epoch bigint) RETURNS void LANGUAGE plpgsql AS $$
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
$$;
