"""Run all benchmarks, or those that are named. Exit status 1 when a goal is missed."""

import logging
import sys

import structlog

from benchmarks import delivery, digests, kpis, overdue, pushes, submission, sweep, throughput
from benchmarks.databases import Databases

ALL = {
    "submission": submission,
    "sweep": sweep,
    "digests": digests,
    "delivery": delivery,
    "overdue": overdue,
    "kpis": kpis,
    "pushes": pushes,
    "throughput": throughput,
}


def main(names: list[str]) -> int:
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    missed = 0
    with Databases.opened() as databases:
        for name in names or ALL:
            for figure in ALL[name].figures(databases):
                sys.stdout.write(figure.line() + "\n")
                sys.stdout.flush()
                missed += not figure.holds
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
