-- What was charged for a person, by quarter of an hour (UTC) and payer. The offset of every time zone
-- is a multiple of 15 minutes, so a day, month or contract year of anybody's is a range of whole rows,
-- whichever zone the person turns out to be in, or moves to. At most 96 rows a day, payer and pair of
-- currencies, however many charges there are.
create table metered_charge (
  engineer              text        not null,
  quarter               timestamptz not null,
  payer                 smallint    not null,
  -- In which currency the account was charged, and in which the price book is.
  account_currency      char(3)     not null,
  price_currency        char(3)     not null,
  account_list_nanos     bigint      not null,
  account_employer_nanos bigint      not null,
  list_nanos             bigint      not null,
  employer_nanos         bigint      not null,
  primary key (engineer, quarter, payer, account_currency, price_currency)
) with (fillfactor = 80);

-- How far the charges of a person reach: the place of the last one in its partition of the feed.
create table metered_position (
  engineer   text        not null,
  partition  int         not null,
  position   bigint      not null,
  -- The first minute that anything was charged for, and the last.
  first_usage timestamptz not null,
  last_usage  timestamptz not null,
  primary key (engineer)
) with (fillfactor = 80);

-- The latest totals of an account.
create table metered_balance (
  account                text        not null,
  engineer               text        not null,
  currency               char(3)     not null,
  entry                  bigint      not null,
  granted_nanos          bigint      not null,
  held_nanos             bigint      not null,
  settled_nanos          bigint      not null,
  expired_nanos          bigint      not null,
  available_nanos        bigint      not null,
  overage_nanos          bigint      not null,
  -- Null while the ledger does not say.
  unspent_portable_nanos bigint,
  as_of                  timestamptz not null,
  primary key (account)
) with (fillfactor = 80);

create index metered_balance_engineer on metered_balance (engineer);
