-- Projects, runs, metrics. Times are milliseconds since the epoch.
-- A run is made of files in logs/<project>/, or by a client of MLflow's REST.
CREATE TABLE run (
    id INTEGER PRIMARY KEY AUTOINCREMENT, -- never used again: other tables have it
    project TEXT NOT NULL,
    name TEXT NOT NULL,
    source TEXT NOT NULL, -- file or mlflow
    status TEXT NOT NULL,
    started_at INTEGER,
    finished_at INTEGER,
    updated_at INTEGER NOT NULL,
    changed_running INTEGER NOT NULL, -- when its files were last seen to change, in running time
    files TEXT NOT NULL DEFAULT '[]',
    columns TEXT NOT NULL DEFAULT '[]',
    step_column TEXT,
    last_epoch REAL,
    hyperparameters TEXT NOT NULL DEFAULT '{}',
    finals TEXT, -- summaries as JSON; null: to be made of the table
    warnings TEXT NOT NULL DEFAULT '[]',
    UNIQUE (project, name)
);
-- Apart from the run, so that it survives the loss and the return of the run's files.
CREATE TABLE annotation (
    project TEXT NOT NULL,
    run TEXT NOT NULL,
    notes TEXT NOT NULL DEFAULT '',
    tags TEXT NOT NULL DEFAULT '[]',
    PRIMARY KEY (project, run)
) WITHOUT ROWID;
-- How far the CSV file of a run has been read.
CREATE TABLE csv_position (run INTEGER PRIMARY KEY, position TEXT NOT NULL);
CREATE TABLE metric (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
-- The rows of a run: up to chunked they are in chunks, the others in tail; up to summarized they are in its summary.
CREATE TABLE extent (
    run INTEGER PRIMARY KEY,
    n INTEGER NOT NULL,
    chunked INTEGER NOT NULL,
    summarized INTEGER NOT NULL
);
CREATE INDEX extent_behind ON extent (run) WHERE summarized < n;
-- Little-endian doubles; metric 0 is the steps.
CREATE TABLE chunk (
    run INTEGER NOT NULL,
    metric INTEGER NOT NULL,
    first_row INTEGER NOT NULL,
    n INTEGER NOT NULL,
    doubles BLOB NOT NULL,
    UNIQUE (run, metric, first_row)
);
CREATE TABLE tail (run INTEGER NOT NULL, row INTEGER NOT NULL, content BLOB NOT NULL, PRIMARY KEY (run, row)) WITHOUT ROWID;
-- n, min, max and sum are of the finite values; last is null when it is NaN.
CREATE TABLE summary (
    run INTEGER NOT NULL,
    metric INTEGER NOT NULL,
    n INTEGER NOT NULL,
    last REAL,
    last_step REAL,
    min REAL,
    min_step REAL,
    max REAL,
    max_step REAL,
    sum REAL NOT NULL,
    not_finite INTEGER NOT NULL,
    PRIMARY KEY (run, metric)
) WITHOUT ROWID;
CREATE INDEX summary_by_last ON summary (metric, last);
-- What jobs have synchronized: when, the newest checkpoint, and which files of runs are whose.
CREATE TABLE job_sync (uid TEXT PRIMARY KEY, checkpoint TEXT, synced_at INTEGER) WITHOUT ROWID;
CREATE TABLE job_file (
    project TEXT NOT NULL,
    name TEXT NOT NULL,
    uid TEXT NOT NULL,
    PRIMARY KEY (project, name)
) WITHOUT ROWID;
CREATE INDEX job_file_of_job ON job_file (uid);
-- What clients of MLflow's REST know of projects and runs beyond the tables above.
CREATE TABLE mlflow_experiment (id INTEGER PRIMARY KEY AUTOINCREMENT, project TEXT NOT NULL UNIQUE, created_at INTEGER NOT NULL);
CREATE TABLE mlflow_run (
    uid TEXT PRIMARY KEY,
    run INTEGER NOT NULL UNIQUE,
    user TEXT NOT NULL,
    status TEXT NOT NULL,
    start_time INTEGER NOT NULL,
    end_time INTEGER,
    params TEXT NOT NULL DEFAULT '{}',
    tags TEXT NOT NULL DEFAULT '{}'
) WITHOUT ROWID;
-- Each point once: the hash is of its metric, step, time and value.
CREATE TABLE mlflow_point (
    run INTEGER NOT NULL,
    hash BLOB NOT NULL,
    row INTEGER NOT NULL,
    time INTEGER NOT NULL,
    PRIMARY KEY (run, hash)
) WITHOUT ROWID;
