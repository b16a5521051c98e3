-- Who publishes for a pair locks its row: the version orders the pair's quotes, and its events.
create table fx_pair (
  source  text    not null,
  target  text    not null,
  version bigint  not null,
  primary key (source, target)
) with (fillfactor = 80);

-- What was published. Nothing is changed or deleted: of several quotes for one day the latest counts.
create table fx_rate (
  fx_rate_id  uuid           not null,
  source      text           not null,
  target      text           not null,
  version     bigint         not null,
  day         date           not null,
  publisher   text           not null,
  rate        numeric(36,18) not null check (rate > 0),
  recorded_at timestamptz    not null,
  primary key (fx_rate_id)
);

create unique index fx_rate_pair on fx_rate (source, target, day, version);

create index fx_rate_target on fx_rate (target, day);
