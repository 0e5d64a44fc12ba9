-- Jobs are listed in the order of their submission, a page at a time.
CREATE INDEX job_position ON job (position);
