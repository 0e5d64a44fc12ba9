"""Follows a job's log with Ray's own client and takes each message.

Arguments: the dashboard's URL, the job.
"""

import asyncio
import sys
import time

from ray.job_submission import JobSubmissionClient


async def follow(client, job):
    lines = 0
    async for message in client.tail_job_logs(job):
        lines += message.count('\n')
    return lines


url, job = sys.argv[1:]
client = JobSubmissionClient(url)
start = time.perf_counter()
lines = asyncio.run(follow(client, job))
print(f'seconds={time.perf_counter() - start}')
print(f'came={lines}')
