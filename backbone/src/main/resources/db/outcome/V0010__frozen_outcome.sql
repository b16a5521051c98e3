-- The outcome of a mutating request, kept so that a retry gets it again.
-- Versions: backbone has V0001-V0099 (feed 1-9, outcome 10-19); a service begins at V0100.
create table frozen_outcome (
  subject       text not null,
  method        text not null,
  request_id    text not null,
  -- What was asked, one salted digest per field: enough to name a difference, nothing to read.
  salt          text not null,
  field_paths   text[] not null,
  field_digests text[] not null,
  -- Exactly one of them once the transaction that made the row has committed.
  answer        bytea,
  refusal       jsonb,
  frozen_at     timestamptz not null,
  expires_at    timestamptz not null,
  primary key (subject, request_id, method),
  check (answer is null or refusal is null),
  check (cardinality(field_paths) = cardinality(field_digests))
)
-- A row is written once and filled once: leave room for the second version on the same page.
with (fillfactor = 70);

create index frozen_outcome_expires_at on frozen_outcome (expires_at);
