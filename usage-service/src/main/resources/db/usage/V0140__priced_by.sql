-- What a call was priced by, and what pricing has to know of it: evidence goes after its window, and a
-- corrected book may come later. Empty in rows of the version before.
alter table unit_value
  add column book_id           text not null default '',
  add column reported_provider text not null default '',
  add column service_tier      text not null default '',
  add column region            text not null default '';
