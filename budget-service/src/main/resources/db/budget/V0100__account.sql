-- One row is one account, and the only lock there is on it. What is open (lots, usage by segment,
-- slices of holds) is inside, compact and bounded; what happened is in the journal.
create table account (
  account       text        not null,
  engineer      text        not null,
  currency      char(3)     not null,
  entry         bigint      not null,
  last_time     timestamptz not null,
  state         bytea       not null,
  primary key (account)
);
