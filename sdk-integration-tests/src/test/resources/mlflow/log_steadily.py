"""Logs to one run with MLflow's client and prints the number of each step that was acknowledged, one a line.

Arguments: how many steps. It begins with the id of the run. MLFLOW_TRACKING_URI and MLFLOW_TRACKING_TOKEN name the server.
"""

import sys

import mlflow
from mlflow import MlflowClient
from mlflow.entities import Metric, Param, RunTag

steps = int(sys.argv[1])
client = MlflowClient()
mlflow.set_experiment('steady')
run_id = client.create_run(mlflow.get_experiment_by_name('steady').experiment_id, run_name='run').info.run_id
print(run_id, flush=True)
for step in range(steps):
    client.log_metric(run_id, 'loss', step / 8, timestamp=step, step=step)
    client.log_batch(run_id, metrics=[Metric('batch', step + at / 4, step, step * 4 + at) for at in range(4)],
                     params=[Param(f'p{step % 50}', str(step % 50))], tags=[RunTag('step', str(step))])
    print(step, flush=True)
client.set_terminated(run_id)
