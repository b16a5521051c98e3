-- What orders the balances of an account: it rises with every change, also with those (a hold, a day
-- that passes) that write no ledger entry.
alter table metered_balance add column version bigint not null default 0;
