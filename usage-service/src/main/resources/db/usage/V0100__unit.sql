-- What is charged; what it is worth is in unit_value. Locked by whoever changes anything of it.
create sequence unit_id;

create table unit (
  id          bigint      not null primary key,
  -- The older unit that this one proved to be. Never changes again; follow it to the end.
  merged_into bigint      references unit (id),
  created_at  timestamptz not null,
  check (merged_into < id)
);

-- What names a unit has no foreign key to it: units are never deleted, and looking each of them up
-- again would lock, and write, its row.

-- What a provider calls the calls. Also the place under a hold, in a namespace that no provider has.
create table unit_alias (
  provider text   not null,
  id       text   not null,
  unit_id  bigint not null,
  primary key (provider, id)
);

create index unit_alias_unit on unit_alias (unit_id);
