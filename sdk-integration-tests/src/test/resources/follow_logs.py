"""Follows a job's log with the published Python client and says what arrived, as one JSON line.

Arguments: the agent's URL, the job, the protocol (websocket or http). The token is in AGENT_TOKEN.
"""

import hashlib
import json
import os
import sys
import time

from synapse_sdk.clients.agent import AgentClient
from synapse_sdk.utils.network import StreamLimits

url, job, protocol = sys.argv[1:]
client = AgentClient(url, os.environ['AGENT_TOKEN'])
# More than the client's defaults of 10,000 messages and 50,000 lines, which end its longer tails.
client.stream_limits = StreamLimits(max_messages=10**6, max_lines=10**6, max_bytes=10**9)

digest = hashlib.sha256()
lines = 0
longest_silence = 0.0
last = time.monotonic()
for message in client.tail_job_logs(job, protocol=protocol):
    now = time.monotonic()
    longest_silence = max(longest_silence, now - last)
    last = now
    data = message.encode()
    lines += data.count(b'\n')
    digest.update(data)

print(json.dumps({
    'lines': lines,
    'sha256': digest.hexdigest(),
    'longest_silence': longest_silence,
    'status': client.get_job(job)['status'],
    'text_is_the_same': hashlib.sha256(client.get_job_logs(job).encode()).hexdigest() == digest.hexdigest(),
}))
