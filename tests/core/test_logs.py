import json
import logging

import pytest

from matchmaking.core.logs import JsonLines, fields, redacted, request_id


def line_of(message: str, *arguments: object, fault: BaseException | None = None, **values: object):
    told = (type(fault), fault, fault.__traceback__) if fault else None
    record = logging.LogRecord("matchmaking.x", logging.WARNING, "", 0, message, arguments, told)
    record.__dict__.update(fields(**values))
    return json.loads(JsonLines().format(record))


def test_line_says_when_where_and_what_with_its_fields():
    request_id.set("an-id-of-a-request")
    try:
        line = line_of("%d jobs", 3, kind="send_mail")
    finally:
        request_id.set("")

    assert line.pop("time").endswith("Z")
    assert line == {
        "level": "warning",
        "logger": "matchmaking.x",
        "message": "3 jobs",
        "request_id": "an-id-of-a-request",
        "kind": "send_mail",
    }


def test_fault_is_told_by_its_kind_and_place_without_its_words():
    try:
        int("Nguyễn Thị Ánh")
    except ValueError as fault:
        line = line_of("unexpected fault", fault=fault)

    assert line["fault"] == "ValueError"
    assert line["at"][0].endswith("test_fault_is_told_by_its_kind_and_place_without_its_words")
    assert "Ánh" not in json.dumps(line, ensure_ascii=False)


def test_network_address_of_who_sent_nonsense_is_taken_out():
    assert redacted("Invalid request from ip=203.0.113.9: no") == "Invalid request from ip=… no"


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("to anh.nguyen+1@example.com: 550", "to …: 550"),
        ("Key (email)=(ánh@ví-dụ.vn) already exists", "Key (email)=(…) already exists"),
        ("nobody is at 9:00 @ hall A", "nobody is at 9:00 @ hall A"),
    ],
)
def test_mail_addresses_are_taken_out(text, kept):
    assert redacted(text) == kept
