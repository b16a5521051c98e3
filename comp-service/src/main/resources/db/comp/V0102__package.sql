-- What was recorded, by the day it takes effect and by when it became known. Nothing is changed or
-- deleted. In effect on a day is, of the records with the latest day of effect up to it, the one that
-- was recorded last.
create table package_record (
  package_id     uuid        not null,
  engineer       text        not null references engineer,
  effective_date date        not null,
  recorded_at    timestamptz not null,
  -- The contract's CompensationPackage, as it was sent.
  content        jsonb       not null,
  primary key (package_id)
);

create unique index package_record_known on package_record (engineer, recorded_at);

create index package_record_effective
on package_record (engineer, effective_date desc, recorded_at desc);

-- Who read whose pay. Nothing is changed or deleted.
create table access_log (
  entry       bigint      generated always as identity primary key,
  accessed_at timestamptz not null,
  caller      text        not null,
  engineer    text        not null,
  what        text        not null
);

create index access_log_engineer on access_log (engineer, accessed_at);
