-- Plans as they change: a version counts from its day to the next one's. The first one counts from ever.
create table plan_version (
  plan           text collate "C" not null,
  effective_from date             not null,
  -- The contract's message.
  body           bytea            not null,
  author         text             not null,
  recorded_at    timestamptz      not null,
  primary key (plan, effective_from)
);

-- Another one after each change, so that replicas see that they have to read the plans again.
create sequence plan_change;
create table plan_revision (
  one      boolean primary key default true check (one),
  revision bigint not null
);
insert into plan_revision (revision) values (0);

-- Whose plan since when; the plan `default` ends what was assigned before.
create table plan_assignment (
  engineer       text        not null,
  effective_from date        not null,
  plan           text        not null,
  author         text        not null,
  recorded_at    timestamptz not null,
  primary key (engineer, effective_from)
);
create index plan_assignment_plan on plan_assignment (plan);
