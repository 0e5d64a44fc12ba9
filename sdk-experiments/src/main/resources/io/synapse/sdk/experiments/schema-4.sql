-- Names that clients of MLflow's REST give may be any texts, also for runs of one experiment the same.
ALTER TABLE mlflow_experiment ADD COLUMN name TEXT NOT NULL DEFAULT '';
ALTER TABLE mlflow_experiment ADD COLUMN updated_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE mlflow_experiment ADD COLUMN deleted_at INTEGER;
ALTER TABLE mlflow_experiment ADD COLUMN tags TEXT NOT NULL DEFAULT '{}';
UPDATE mlflow_experiment SET name = project, updated_at = created_at;
CREATE UNIQUE INDEX mlflow_experiment_name ON mlflow_experiment (name);
ALTER TABLE mlflow_run ADD COLUMN experiment INTEGER NOT NULL DEFAULT 0;
ALTER TABLE mlflow_run ADD COLUMN name TEXT NOT NULL DEFAULT '';
ALTER TABLE mlflow_run ADD COLUMN deleted_at INTEGER;
ALTER TABLE mlflow_run ADD COLUMN datasets TEXT NOT NULL DEFAULT '[]';
UPDATE mlflow_run SET experiment = mlflow_experiment.id, name = run.name FROM run, mlflow_experiment
  WHERE run.id = mlflow_run.run AND mlflow_experiment.project = run.project;
CREATE INDEX mlflow_run_of_experiment ON mlflow_run (experiment, start_time);
-- The time of the points in a row of the run.
CREATE TABLE mlflow_row (
    run INTEGER NOT NULL,
    row INTEGER NOT NULL,
    time INTEGER NOT NULL,
    PRIMARY KEY (run, row)
) WITHOUT ROWID;
INSERT INTO mlflow_row (run, row, time) SELECT run, row, max(time) FROM mlflow_point GROUP BY run, row;
ALTER TABLE mlflow_point DROP COLUMN row;
ALTER TABLE mlflow_point DROP COLUMN time;
-- The newest point of each metric: that of the greatest step, then time, then value. The value is null when it is NaN.
CREATE TABLE mlflow_metric (
    run INTEGER NOT NULL,
    key TEXT NOT NULL,
    step INTEGER NOT NULL,
    time INTEGER NOT NULL,
    value REAL,
    PRIMARY KEY (run, key)
) WITHOUT ROWID;
-- Of the points that there are, those that came last; their times are not among what can be read here: the run's last.
INSERT INTO mlflow_metric (run, key, step, time, value)
  SELECT summary.run, metric.name, CAST(summary.last_step AS INTEGER), max(mlflow_row.time), summary.last
  FROM summary JOIN metric ON metric.id = summary.metric JOIN mlflow_row ON mlflow_row.run = summary.run
  GROUP BY summary.run, summary.metric;
