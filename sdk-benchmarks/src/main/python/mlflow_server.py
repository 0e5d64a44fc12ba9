"""MLflow's own server on a new SQLite file, as it comes. Prints its address, and ends with its standard input.

Of its output, only what it says after a failed start is shown.
"""

import os
import pathlib
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request

PATIENCE = 300


def free_port():
    with socket.socket() as any_port:
        any_port.bind(('127.0.0.1', 0))
        return any_port.getsockname()[1]


def await_health(url, server):
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and server.poll() is None:
        try:
            with urllib.request.urlopen(url + '/health', timeout=5) as answer:
                return answer.status == 200
        except OSError:
            time.sleep(0.2)
    return False


folder = pathlib.Path(tempfile.mkdtemp(prefix='benchmark-'))
url = f'http://127.0.0.1:{free_port()}'
with open(folder / 'log', 'wb') as log:
    server = subprocess.Popen(
        [sys.executable, '-m', 'mlflow', 'server', '--host', '127.0.0.1', '--port', url.rsplit(':', 1)[1],
         '--backend-store-uri', f'sqlite:///{folder}/mlflow.db', '--artifacts-destination', str(folder / 'artifacts')],
        stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True, cwd=folder)
try:
    if not await_health(url, server):
        sys.exit('the server of MLflow does not answer:\n' + (folder / 'log').read_text()[-2000:])
    print(url, flush=True)
    sys.stdin.read()
finally:
    os.killpg(server.pid, signal.SIGKILL)
    server.wait()
    shutil.rmtree(folder)
