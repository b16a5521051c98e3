-- Up to which settlement number of usage-service a person's usage was applied.
create table usage_applied (
  engineer text   primary key,
  last     bigint not null check (last >= 1)
);

-- Lines that were applied but cannot be booked yet. They are booked when what they wait for is there.
create table pending_line (
  engineer     text        not null,
  number       bigint      not null,
  cause        text        not null check (cause in ('ENGINEER_UNKNOWN', 'FX_RATE_MISSING', 'HOLD_UNKNOWN')),
  usage_minute timestamptz not null,
  recorded_at  timestamptz not null,
  -- What is missing, for FX_RATE_MISSING.
  source_currency char(3),
  target_currency char(3),
  -- The hold it names; empty for none.
  hold_id         text        not null,
  line         bytea       not null,
  primary key (engineer, number)
);
create index pending_line_order on pending_line (recorded_at, engineer, number);
