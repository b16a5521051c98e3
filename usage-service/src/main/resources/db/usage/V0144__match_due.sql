-- Around which times of which engineers holds and calls are to be matched, not before a time. Only ever added to
-- and taken from, so nobody waits for it.
create table match_due (
  id       bigint generated always as identity primary key,
  engineer text        not null,
  around   timestamptz not null,
  due_at   timestamptz not null
);

create index match_due_due_at on match_due (due_at);
