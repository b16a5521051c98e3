-- One row is one account, and the only lock there is on it. What is open (lots, usage by segment) is in
-- `state`, compact and bounded; what happened is in the journal. Amounts are nanos of the currency.
create table account (
  account         text collate "C" primary key,
  engineer        text             not null,
  currency        char(3)          not null,
  revision        bigint           not null,
  entries         bigint           not null,
  chain_head      bytea            not null,
  event_version   bigint           not null,
  last_time       timestamptz      not null,
  granted_nanos   numeric(38, 0)   not null,
  settled_nanos   numeric(38, 0)   not null,
  held_nanos      numeric(38, 0)   not null,
  expired_nanos   numeric(38, 0)   not null,
  reduced_nanos   numeric(38, 0)   not null,
  overage_nanos   numeric(38, 0)   not null,
  state           bytea            not null,
  check (granted_nanos - settled_nanos - expired_nanos - reduced_nanos >= held_nanos)
) with (fillfactor = 50);
create index account_engineer on account (engineer);

-- The ledger: appended to, never changed. Each row carries the hash of itself and all before it.
create table journal (
  account       text collate "C" not null,
  entry         bigint           not null,
  kind          text             not null,
  debit         text             not null,
  credit        text             not null,
  amount_nanos  numeric(38, 0)   not null check (amount_nanos > 0),
  cause_type    text             not null,
  cause_id      text             not null,
  cause_detail  text             not null,
  -- [{"lot": id, "nanos": n}, …]
  lots          jsonb            not null,
  granted_nanos numeric(38, 0)   not null,
  settled_nanos numeric(38, 0)   not null,
  expired_nanos numeric(38, 0)   not null,
  reduced_nanos numeric(38, 0)   not null,
  overage_nanos numeric(38, 0)   not null,
  effective_at  timestamptz      not null,
  recorded_at   timestamptz      not null,
  hash          bytea            not null,
  primary key (account, entry),
  check (debit <> credit)
);
-- Balances as of a time: the last entry recorded by then.
create index journal_recorded on journal (account, recorded_at, entry);

-- Usage that no hold paid for, by minute (minutes since 1970 UTC): a lot that comes later may cut a
-- segment anywhere. Minutes of closed segments are not needed any more.
create table account_usage (
  account text collate "C" not null,
  minute  bigint           not null,
  nanos   numeric(38, 0)   not null,
  primary key (account, minute)
);
