"""Runs one command and reports its duration and its peak memory: ``bench_child.py COMMAND…``.

On Linux the peak of a process counts what the process that started it held at that moment. So
this one imports next to nothing, and stands between the benchmark and what it measures.
"""

import json
import os
import subprocess
import sys
import tempfile
import time

_KIB = 1024


def main(command: list[str]) -> int:
    """Run the command, print what it cost and what it printed as one JSON object."""
    with tempfile.TemporaryFile() as output:
        started = time.perf_counter()
        process = subprocess.Popen(command, stdout=output)
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        output.seek(0)
        printed = output.read().decode("utf-8", "replace")
    # macOS counts in bytes, Linux in KiB.
    unit = 1 if sys.platform == "darwin" else _KIB
    measured = {
        "seconds": seconds,
        "peak_bytes": usage.ru_maxrss * unit,
        "status": process.returncode,
        "output": printed,
    }
    sys.stdout.write(json.dumps(measured))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
