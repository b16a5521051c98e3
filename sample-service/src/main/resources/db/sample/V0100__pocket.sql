create table pocket (
  engineer      text        not null,
  pocket        text        not null,
  currency      char(3)     not null,
  balance_nanos bigint      not null check (balance_nanos > 0),
  version       bigint      not null,
  updated_at    timestamptz not null,
  primary key (engineer, pocket)
);

-- What was put in, and what for. Nothing is changed or deleted.
create table pocket_entry (
  engineer     text        not null,
  pocket       text        not null,
  version      bigint      not null,
  amount_nanos bigint      not null check (amount_nanos > 0),
  memo         text        not null,
  recorded_at  timestamptz not null,
  primary key (engineer, pocket, version)
);
