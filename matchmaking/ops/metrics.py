"""Figures for Prometheus: requests as each process counts them, work as the database has it.

Several processes count into files of PROMETHEUS_MULTIPROC_DIR, which gunicorn sets; any of
them then answers for all.
"""

import os
from collections.abc import Iterable, Mapping
from typing import Any

from flask import Flask
from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from matchmaking.ops import queries
from matchmaking.ops.lanes import lengths
from matchmaking.web.tracing import Answered, request_answered

BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)

REQUESTS = Counter(
    "gapgo_http_requests",
    "Requests answered.",
    ["endpoint", "method", "status"],
    registry=None,
)
SECONDS = Histogram(
    "gapgo_http_request_seconds",
    "How long requests took.",
    ["endpoint"],
    buckets=BUCKETS,
    registry=None,
)

Family = GaugeMetricFamily | CounterMetricFamily


class InDatabase(Collector):
    """What every process would answer alike."""

    def collect(self) -> Iterable[Family]:
        jobs = GaugeMetricFamily("gapgo_jobs", "Background work.", labels=["state"])
        yield _filled(jobs, queries.jobs_by_state())
        mails = GaugeMetricFamily("gapgo_mails", "Mails.", labels=["state"])
        yield _filled(mails, queries.all_mails_by_state())
        runs = GaugeMetricFamily("gapgo_schedule_runs", "Schedule runs.", labels=["state"])
        yield _filled(runs, queries.schedule_runs_by_state())
        scans = CounterMetricFamily("gapgo_check_ins", "Scans of badges.", labels=["verdict"])
        yield _filled(scans, queries.scans_by_verdict())
        _count, oldest = queries.waiting_jobs()
        yield GaugeMetricFamily(
            "gapgo_jobs_oldest_seconds", "How long the first job has waited.", value=oldest
        )
        about = "Jobs handed to a lane; -1: the queue cannot be reached."
        lying = {name: -1 if count is None else count for name, count in lengths().items()}
        yield _filled(GaugeMetricFamily("gapgo_queue", about, labels=["lane"]), lying)


def _filled(family: Family, counts: Mapping[Any, int]) -> Family:
    for value, count in counts.items():
        family.add_metric([str(value)], count)
    return family


def exposition() -> bytes:
    """Everything, in the text format of Prometheus."""
    registry = CollectorRegistry()
    if os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    else:
        registry.register(REQUESTS)
        registry.register(SECONDS)
    registry.register(InDatabase())
    return generate_latest(registry)


def _count(answered: Answered) -> None:
    endpoint = answered.endpoint or "nothing"
    REQUESTS.labels(endpoint, answered.method, str(answered.status)).inc()
    SECONDS.labels(endpoint).observe(answered.seconds)


def init_app(_app: Flask) -> None:
    request_answered.connect(_count)
