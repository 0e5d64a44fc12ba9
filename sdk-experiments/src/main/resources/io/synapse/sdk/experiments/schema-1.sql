-- For how long servers have run with these records, in milliseconds: the age of what is kept, whatever clocks say.
CREATE TABLE running_time (millis INTEGER NOT NULL);
INSERT INTO running_time VALUES (0);

-- Events that clients can ask for again. AUTOINCREMENT: an id is never given twice, also when the newest was removed.
CREATE TABLE event (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  type TEXT NOT NULL,
  data TEXT NOT NULL,
  time TEXT NOT NULL,
  running INTEGER NOT NULL
);
CREATE INDEX event_running ON event (running);

-- The last report of each machine, which names it after a restart.
CREATE TABLE device (
  host TEXT PRIMARY KEY,
  fields TEXT NOT NULL,
  last_heartbeat TEXT NOT NULL,
  draining INTEGER NOT NULL
);

-- host is the machine that holds the job, or held it last and may come back to it; null when none does.
-- The columns "wanted" are what a machine must have; no wanted_gpus: one, if the machine has any.
-- The columns "_at" are for readers; ages are measured by those of running time.
CREATE TABLE job (
  sequence INTEGER PRIMARY KEY AUTOINCREMENT,
  uid TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  project TEXT NOT NULL,
  config_path TEXT NOT NULL,
  status TEXT NOT NULL,
  priority INTEGER NOT NULL,
  given TEXT NOT NULL,
  sweep TEXT,
  wanted_host TEXT,
  wanted_gpu INTEGER,
  wanted_gpus INTEGER,
  wanted_gpu_memory REAL NOT NULL,
  wanted_gpu_name TEXT NOT NULL,
  wanted_memory REAL NOT NULL,
  wanted_disk REAL NOT NULL,
  max_retries INTEGER NOT NULL,
  retry_on_failure INTEGER NOT NULL,
  host TEXT,
  assigned_device TEXT,
  pid INTEGER,
  attempt INTEGER NOT NULL DEFAULT 0,
  retry_count INTEGER NOT NULL DEFAULT 0,
  unconfirmed INTEGER NOT NULL DEFAULT 0,
  stopping INTEGER NOT NULL DEFAULT 0,
  exit_code INTEGER,
  failure_kind TEXT,
  error_message TEXT,
  created_at TEXT NOT NULL,
  assigned_at TEXT,
  started_at TEXT,
  completed_at TEXT,
  created_running INTEGER NOT NULL,
  started_running INTEGER,
  ended_running INTEGER
);
CREATE INDEX job_waiting ON job (priority DESC, sequence) WHERE status = 'queued';
CREATE INDEX job_host ON job (host) WHERE host IS NOT NULL;
CREATE INDEX job_status ON job (status, sequence);
CREATE INDEX job_project ON job (project, sequence);
CREATE INDEX job_sweep ON job (sweep) WHERE sweep IS NOT NULL;

-- Apart from the job, so that lists need not read it.
CREATE TABLE job_config (
  uid TEXT PRIMARY KEY,
  text TEXT NOT NULL
);

-- What was answered to a submission, by its key.
CREATE TABLE idempotency (
  key TEXT PRIMARY KEY,
  hash BLOB NOT NULL,
  answer TEXT NOT NULL,
  running INTEGER NOT NULL
);
CREATE INDEX idempotency_running ON idempotency (running);
