-- Reports of providers and gateways. They are compared with what was counted and never added to it.
create table report (
  report_id   bigint      generated always as identity primary key,
  format      text        not null,
  source      text        not null,
  author      text        not null,
  imported_at timestamptz not null,
  row_count   bigint      not null,
  rejected    bigint      not null
);

-- The latest word of a format on a day, a model and a key. Columns in the order in which they are written.
create table report_line (
  format       text   not null,
  day          date   not null,
  last_day     date   not null,
  provider     text   not null,
  model        text   not null,
  key          text   not null,
  -- By meter: quantity.
  meters       jsonb  not null,
  currency     text,
  amount_nanos numeric(38, 0),
  report_id    bigint not null references report,
  primary key (format, day, last_day, provider, model, key)
);

create index report_line_day on report_line (day);
