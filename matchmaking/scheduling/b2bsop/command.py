"""The command `b2bsop`: one published instance, one line of JSON."""

from __future__ import annotations

import argparse
import json
import signal
import sys
import time
from pathlib import Path
from typing import Any

from matchmaking.scheduling.arguments import amount, count, seconds, seconds_lived
from matchmaking.scheduling.b2bsop.outcome import Outcome
from matchmaking.scheduling.b2bsop.reading import read_instance
from matchmaking.scheduling.b2bsop.settling import settle
from matchmaking.scheduling.b2bsop.verification import broken_rules
from matchmaking.scheduling.formats import MalformedFile

WRONG, REFUSED = 1, 2
WRITING = 0.15


def add_parser(commands: Any) -> None:
    parser = commands.add_parser("b2bsop", help="settle an instance of the published benchmark")
    parser.add_argument("instance", type=Path, metavar="INSTANCE.dzn")
    parser.add_argument("--fairness", type=amount, default=2, metavar="BREAKS")
    parser.add_argument("--time-limit", type=seconds, default=300.0, metavar="SECONDS")
    parser.add_argument("--workers", type=count, default=2)
    parser.set_defaults(command=_settle)


def _settle(options: argparse.Namespace) -> int:
    interruptions: list[int] = []
    for interruption in (signal.SIGINT, signal.SIGTERM):
        signal.signal(interruption, lambda number, _: interruptions.append(number))
    began = time.monotonic() - seconds_lived()
    try:
        instance = read_instance(options.instance)
    except MalformedFile as refusal:
        print(f"{options.instance}: {refusal}", file=sys.stderr)
        return REFUSED
    outcome = settle(
        instance,
        fairness=options.fairness,
        deadline=began + options.time_limit - WRITING,
        workers=options.workers,
        stopped=lambda: bool(interruptions),
    )
    broken = (
        broken_rules(instance, outcome.slots, fairness=options.fairness) if outcome.slots else []
    )
    for complaint in broken:
        print(f"{options.instance}: the schedule found is wrong: {complaint}", file=sys.stderr)
    if broken:
        return WRONG
    print(_line(instance.name, outcome, time.monotonic() - began))
    return 0


def _line(name: str, outcome: Outcome, took: float) -> str:
    """Meetings and slots in the numbers of the file, from 1."""
    schedule = [[meeting, slot + 1] for meeting, slot in enumerate(outcome.slots or (), 1)]
    return json.dumps(
        {
            "instance": name,
            "status": outcome.status,
            "breaks": outcome.breaks,
            "bound": outcome.bound,
            "seconds": round(took, 3),
            "schedule": schedule,
        }
    )
