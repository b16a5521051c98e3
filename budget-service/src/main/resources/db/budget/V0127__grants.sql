-- Who granted a lot beside what plans give, and why.
create table grant_issued (
  engineer  text        not null,
  lot       text        not null,
  author    text        not null,
  reason    text        not null,
  issued_at timestamptz not null,
  primary key (engineer, lot)
);

-- Reductions of lots, to come and done. What was taken of a plan's lot is not given back by the plan.
create table grant_reduction (
  engineer     text        not null,
  reduction    text        not null,
  currency     char(3)     not null,
  lot          text        not null,
  nanos        bigint      not null check (nanos > 0),
  effective_at timestamptz not null,
  author       text        not null,
  reason       text        not null,
  -- How much it was in the end; null while it is to come.
  taken_nanos  bigint,
  primary key (engineer, reduction)
);
create index grant_reduction_lot on grant_reduction (engineer, lot);
