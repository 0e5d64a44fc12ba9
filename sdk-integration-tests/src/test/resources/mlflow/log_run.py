"""Logs runs with MLflow's client, reads them back, and prints as one JSON line what the client sees of them.

Argument: a folder for files. MLFLOW_TRACKING_URI and MLFLOW_TRACKING_TOKEN name the server.
"""

import json
import pathlib
import sys

import mlflow
from mlflow import MlflowClient
from mlflow.entities import Metric, Param, RunTag, ViewType
from mlflow.exceptions import MlflowException

folder = pathlib.Path(sys.argv[1])
client = MlflowClient()
POINTS = 26_000  # more than a page of the client's, which has 25,000
BATCH = 1000
CONTENT = bytes(range(256)) * 50_000


def refusal(call, *arguments):
    """The code of the error that a call ends with."""
    try:
        call(*arguments)
    except MlflowException as error:
        return error.error_code
    return 'none'


def names(search, **query):
    return [run.info.run_name for run in search(output_format='list', **query)]


mlflow.set_experiment('demo')
with mlflow.start_run(run_name='lr=0.1, größe') as run:
    run_id = run.info.run_id
    mlflow.log_params({'lr': 0.1, 'optimizer': 'adam', 'layers': [1, 2]})
    for step in range(20):
        mlflow.log_metrics({'loss': 1 / (step + 1), 'val/acc': step / 8}, step=step)
    for step, value in enumerate([1.5, float('nan'), float('inf'), float('-inf')]):
        mlflow.log_metric('odd', value, step=step)
    for step in (5, 7, 6):
        mlflow.log_metric('unordered', step * 10, step=step, timestamp=1000 * step)
    for first in range(0, POINTS, BATCH):
        client.log_batch(run_id, metrics=[
            Metric('long', step / 8, 1_000_000 + step, step) for step in range(first, first + BATCH)])
    client.log_batch(run_id, params=[Param('seed', '7')], tags=[RunTag('a b', 'c')])
    mlflow.set_tags({'team': 'ann', 'mlflow.note.content': 'a note'})
    mlflow.log_text('größe', 'texts/größe a.txt')
    (folder / 'up' / 'deep').mkdir(parents=True)
    (folder / 'up' / 'deep' / 'bytes.bin').write_bytes(CONTENT)
    mlflow.log_artifacts(folder / 'up', 'files')
    for number in range(3):
        with mlflow.start_run(run_name='trial', nested=True):
            mlflow.log_param('number', number)
            mlflow.log_metric('score', [2.0, float('nan'), 1.0][number])

seen = client.get_run(run_id)
history = client.get_metric_history(run_id, 'long')
down = pathlib.Path(client.download_artifacts(run_id, '', str(folder)))
experiment_id = run.info.experiment_id
trials = {
    'all': names(mlflow.search_runs),
    'quoted': names(mlflow.search_runs, filter_string='metrics."val/acc" > 2 and tags.`a b` = \'c\''),
    'of parent': len(mlflow.search_runs(
        filter_string=f"tags.mlflow.parentRunId = '{run_id}'", output_format='list')),
    'by score': [found.data.params.get('number') for found in mlflow.search_runs(
        filter_string="run_name = 'trial'", order_by=['metrics.score ASC'], output_format='list')],
    'by id': names(mlflow.search_runs, filter_string=f"attributes.run_id IN ('{run_id}')"),
}
pages, token = [], None
while token is not None or not pages:
    page = client.search_runs([experiment_id], max_results=3, page_token=token)
    pages.append([found.info.run_id for found in page])
    token = page.token

child = client.search_runs([experiment_id], "params.number = '1'")[0].info.run_id
client.delete_run(child)
deleted = {
    'stage': client.get_run(child).info.lifecycle_stage,
    'log': refusal(client.log_metric, child, 'late', 1),
    'active': len(client.search_runs([experiment_id])),
    'deleted': len(client.search_runs([experiment_id], run_view_type=ViewType.DELETED_ONLY)),
}
client.restore_run(child)
deleted['restored'] = len(client.search_runs([experiment_id]))

other = client.create_experiment('/users/ann/other: 1', tags={'team': 'ann'})
client.set_experiment_tag(other, 'stage', 'early')
client.delete_experiment_tag(other, 'team')
client.delete_experiment(other)
experiments = {
    'deleted': [found.name for found in client.search_experiments(view_type=ViewType.DELETED_ONLY)],
    'again': refusal(client.create_experiment, '/users/ann/other: 1'),
}
client.restore_experiment(other)
client.rename_experiment(other, 'renamed')
experiments['renamed'] = [(found.name, found.tags) for found in client.search_experiments(
    filter_string="name LIKE 'ren%' AND tags.stage = 'early'")]

print(json.dumps({
    'metrics': {key: str(value) for key, value in seen.data.metrics.items()},
    'params': seen.data.params,
    'status': seen.info.status,
    'run_name': seen.info.run_name,
    'tags': {key: seen.data.tags[key] for key in ('a b', 'team', 'mlflow.note.content', 'mlflow.runName')},
    'history': [len(history), all(
        (point.step, point.value, point.timestamp) == (at, at / 8, 1_000_000 + at)
        for at, point in enumerate(history))],
    'odd': [str(point.value) for point in client.get_metric_history(run_id, 'odd')],
    'listed': sorted(file.path for file in client.list_artifacts(run_id, 'files/deep')),
    'text': (down / 'texts' / 'größe a.txt').read_text(),
    'bytes': (down / 'files' / 'deep' / 'bytes.bin').read_bytes() == CONTENT,
    'trials': trials,
    'pages': [len(page) for page in pages],
    'in pages': len({found for page in pages for found in page}),
    'deleted': deleted,
    'experiments': experiments,
    'refused': {
        'param': refusal(client.log_param, run_id, 'lr', 0.2),
        'filter': refusal(client.search_runs, [experiment_id], 'metrics.loss > 1 or 1 = 1'),
        'run': refusal(client.get_run, '0' * 32),
        'model': refusal(client.get_logged_model, 'm-0'),
    },
}))
