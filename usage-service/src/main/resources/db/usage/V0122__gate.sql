-- The collection gate of each country, and why it was opened. Nothing is changed or deleted.
create table gate_change (
  country                text        not null,
  version                bigint      not null,
  open                   boolean     not null,
  since                  timestamptz not null,
  impact_reference       text,
  impact_date            date,
  works_council_reference text,
  works_council_date     date,
  recorded_at            timestamptz not null,
  primary key (country, version)
);

-- One name per person and time during which a gate is closed. No API reads this table.
create table pseudonym (
  engineer     text        not null,
  closed_since timestamptz not null,
  pseudonym    text        not null unique,
  primary key (engineer, closed_since)
);
