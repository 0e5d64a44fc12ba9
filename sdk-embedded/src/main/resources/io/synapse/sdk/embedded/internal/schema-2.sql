-- Jobs whose folders are to be deleted: a folder that neither a job nor this table names is kept.
CREATE TABLE deleted_job (
  id TEXT PRIMARY KEY);
