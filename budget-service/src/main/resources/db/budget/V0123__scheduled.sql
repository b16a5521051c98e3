-- Entries that say something of later than they were written: scheduled grants. Few, and what a balance of
-- a time has to leave out.
create index journal_scheduled on journal (account, effective_at) where effective_at > recorded_at;
