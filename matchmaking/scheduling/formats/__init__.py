"""The file formats: a problem (`b2b-1`) and a schedule, as JSON."""

from matchmaking.scheduling.formats.reading import problem_from_json, schedule_from_json
from matchmaking.scheduling.formats.shapes import MalformedFile, read_json
from matchmaking.scheduling.formats.writing import problem_to_json, schedule_to_json

__all__ = [
    "MalformedFile",
    "problem_from_json",
    "problem_to_json",
    "read_json",
    "schedule_from_json",
    "schedule_to_json",
]
