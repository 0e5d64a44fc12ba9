"""Works in a container with docker-py, a program for each operation: the way of the Python original, with a shell.

Arguments: the container, how many calls are timed, which: execute, write, read. Each is done as often for practice first.
Prints the median of the times of each.
"""

import statistics
import sys
import time

import docker

name, calls, *which = sys.argv[1:]
calls = int(calls)
container = docker.from_env().containers.get(name)


def content(number):
    """1 KB of text without a line end, each time another."""
    return f'{number:064}' * 16


def run(*command):
    result = container.exec_run(list(command), workdir='/workspace/shared')
    assert result.exit_code == 0, result
    return result.output.decode()


def execute(number):
    run('sh', '-c', 'true')


def write(number):
    run('sh', '-c', 'printf %s "$1" >"$2"', 'sh', content(number), 'docker-py.txt')


def read(number):
    assert run('sh', '-c', 'cat -- "$1"', 'sh', 'docker-py.txt') == last


last = content(1)
for call in which:
    times = []
    if call == 'read':
        write(1)
    for number in range(-calls, calls):
        start = time.perf_counter()
        {'execute': execute, 'write': write, 'read': read}[call](number)
        if number >= 0:
            times.append(1e3 * (time.perf_counter() - start))
    print(f'{call}_ms={statistics.median(times)}')
