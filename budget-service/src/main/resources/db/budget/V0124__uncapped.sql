-- What an entitlement without a limit pays, without lots and not as overage.
alter table account add column uncapped_nanos numeric(38, 0) not null default 0;
alter table journal add column uncapped_nanos numeric(38, 0) not null default 0;
