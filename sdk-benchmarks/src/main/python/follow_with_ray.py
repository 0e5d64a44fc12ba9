"""Follows a job's log with Ray's own client and takes each message.

Arguments: the dashboard's URL, the job; after how many lines to end, which is otherwise the end of the log.
"""

import asyncio
import sys
import time

from ray.job_submission import JobSubmissionClient


async def follow(client, job, wanted):
    lines = 0
    async for message in client.tail_job_logs(job):
        lines += message.count('\n')
        if lines == wanted:
            break
    return lines


url, job, *wanted = sys.argv[1:]
client = JobSubmissionClient(url)
start = time.perf_counter()
lines = asyncio.run(follow(client, job, int(wanted[0]) if wanted else None))
print(f'seconds={time.perf_counter() - start}')
print(f'came={lines}')
