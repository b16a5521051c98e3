-- Periods are rows, opened once and kept: who moves to another time zone keeps the open one.
create table budget_period (
  engineer   text        not null,
  plan       text        not null,
  first_day  date        not null,
  last_day   date        not null,
  time_zone  text        not null,
  start_time timestamptz not null,
  end_time   timestamptz not null,
  primary key (engineer, plan, first_day),
  check (start_time < end_time)
);

-- What an entitlement that is not money of the account's currency was worth when its period began. A
-- later price or rate changes nothing in a period that was opened.
create table period_value (
  engineer     text    not null,
  segment      text    not null,
  first_day    date    not null,
  -- What was valued, so that another quantity or amount is valued anew.
  content_hash bytea   not null,
  currency     char(3) not null,
  nanos        bigint  not null check (nanos >= 0),
  book_id      text,
  fx_rate_id   text,
  primary key (engineer, segment, first_day)
);

-- When something of a person's periods is due again: a period or a one-off that begins.
create table period_due (
  engineer text        primary key,
  due_at   timestamptz not null,
  -- Whether a price or a rate is missing: then the next one that is published makes it due.
  waiting  boolean     not null
);
create index period_due_at on period_due (due_at);
create index period_due_waiting on period_due (engineer) where waiting;
