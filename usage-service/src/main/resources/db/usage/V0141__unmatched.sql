-- What happens to usage that finds no hold, by engineer or credential and tool (empty = all tools), from a
-- time of call on. A row without a policy brings the default back.
create table unmatched_rule (
  id           bigint      generated always as identity unique,
  subject_kind text        not null check (subject_kind in ('ENGINEER', 'CREDENTIAL')),
  subject      text        not null,
  tool         text        not null,
  since        timestamptz not null,
  policy       text,
  author       text        not null,
  made_at      timestamptz not null,
  primary key (subject_kind, subject, tool, since)
);

-- What a person decided on a call that found no hold.
alter table unit add column review text;

-- What waits for that, to be listed and counted.
create index unit_value_review on unit_value (unit_id)
  where state = 'WAITING' and flags @> '["AWAITS_REVIEW"]';
