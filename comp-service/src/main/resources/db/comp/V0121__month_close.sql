-- The earliest minute that was charged for since the months of the person were decided last; null when
-- nothing was. A charge that falls into a month that is closed already makes it decided again.
alter table metered_position add column pending_from timestamptz;
update metered_position set pending_from = first_usage;

-- Up to which month a person's consumption was compared with base salary.
create table month_close (
  engineer    text        not null,
  -- Last day of the last closed month, where the person is.
  month_end   date        not null,
  decided_at  timestamptz not null,
  primary key (engineer)
) with (fillfactor = 80);

-- That consumption reached base salary: once for a person and contract year, whatever comes later.
create table salary_reached (
  engineer      text        not null,
  -- First day of the contract year.
  period_start  date        not null,
  -- Last day of the month at whose close it was decided.
  month_end     date        not null,
  decided_at    timestamptz not null,
  primary key (engineer, period_start)
);
