-- The contract's CompensationPackage once more, as protobuf: reading it from JSON was an eighth of the
-- time of everybody's statements. Null in rows from before; content stays, for who asks with SQL.
alter table package_record add column encoded bytea;
