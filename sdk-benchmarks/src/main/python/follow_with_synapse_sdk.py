"""Follows an agent's log with the published Python client and takes each message.

Arguments: http or websocket, the agent's URL, the job.
"""

import sys
import time

from synapse_sdk.clients.agent import AgentClient
from synapse_sdk.utils.network import StreamLimits

protocol, url, job = sys.argv[1:]
client = AgentClient(url, 'benchmark')
# More than the client's defaults, which end its longer tails.
client.stream_limits = StreamLimits(max_messages=10**9, max_lines=10**9, max_bytes=10**12)

lines = 0
start = time.perf_counter()
for message in client.tail_job_logs(job, protocol=protocol):
    lines += message.count('\n')
print(f'seconds={time.perf_counter() - start}')
print(f'came={lines}')
