CREATE TABLE IF NOT EXISTS job (
  id TEXT PRIMARY KEY,
  position INTEGER NOT NULL,
  request TEXT NOT NULL,
  status TEXT NOT NULL,
  message TEXT NOT NULL,
  error_type TEXT,
  start_time INTEGER,
  end_time INTEGER,
  exit_code INTEGER,
  pid INTEGER,
  process_started TEXT,
  stop_requested INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS policy (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  changes TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS container (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  plugin_release TEXT NOT NULL,
  model INTEGER,
  status TEXT NOT NULL,
  error TEXT,
  wanted TEXT NOT NULL,
  image TEXT,
  content TEXT,
  container_id TEXT UNIQUE,
  container_name TEXT,
  host_port INTEGER UNIQUE,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL);
-- A missing model is a model like any other: NULL would differ from itself.
CREATE UNIQUE INDEX IF NOT EXISTS container_of_release
  ON container (plugin_release, ifnull(model, 'none'));
CREATE TABLE IF NOT EXISTS agent_identity (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  identity TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS build (
  id TEXT PRIMARY KEY,
  container INTEGER NOT NULL,
  status TEXT NOT NULL,
  container_id TEXT,
  restarted INTEGER NOT NULL,
  rebuilt TEXT,
  error TEXT,
  created_at INTEGER NOT NULL);
