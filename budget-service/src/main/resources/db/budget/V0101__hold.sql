-- A hold with its slices inside; refusals too, so that the same id gets the same answer.
create table hold (
  engineer    text             not null,
  hold_id     text             not null,
  account     text collate "C" not null,
  state       text             not null check (state in ('HELD', 'SETTLED', 'ESTIMATED', 'RELEASED', 'REFUSED')),
  reserved_at timestamptz      not null,
  expires_at  timestamptz      not null,
  -- When the row may go; null while the hold is open.
  delete_at   timestamptz,
  body        json             not null,
  primary key (engineer, hold_id),
  check ((state = 'HELD') = (delete_at is null))
) with (fillfactor = 70);
create index hold_due on hold (account, expires_at) where state = 'HELD';
create index hold_due_any on hold (expires_at) where state = 'HELD';
create index hold_refused on hold (account) where state = 'REFUSED';
create index hold_delete on hold (delete_at) where delete_at is not null;
