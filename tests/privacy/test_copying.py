import io
import json
import zipfile

import pytest

from matchmaking.core import jobs
from matchmaking.core.audit import history_of
from matchmaking.core.spreadsheets import read_rows
from matchmaking.events.models import MemberRole
from tests.factories import make_administrator, make_event, make_member, make_registration
from tests.privacy.people import EMAIL, NAME, NUMBER, PHONE, somebody


@pytest.fixture
def person(app):
    return somebody()


def record_in(answer):
    with zipfile.ZipFile(io.BytesIO(answer.data)) as archive:
        record = json.loads(archive.read("personal-data.json"))
        first = read_rows(archive.read("du-lieu-ca-nhan.xlsx"))
    return {table["title"]: table["rows"] for table in record["held"]}, first


def test_delegates_take_a_copy_of_everything_in_both_languages(visitor, person, mailbox):
    jobs.run_due()
    answer = visitor.holding(person.registration).get(
        f"/registrations/{person.registration.code}/personal-data.zip"
    )

    held, first = record_in(answer)
    assert list(held) == [
        "Đăng ký / Registration",
        "Thông tin cung cấp thêm / Told later",
        "Số giấy tờ tùy thân / Identity number",
        "Các mục đồng ý / Consents",
        "Thẻ đại biểu / Badges",
        "Lượt quét tại cổng / Scans at the gates",
        "Doanh nghiệp được đại diện / Companies spoken for",
        "Lời mời gặp / Meeting requests",
        "Cuộc gặp / Meetings",
        "Phiên dịch / Interpreting",
        "Thư / Mails",
        "Lịch sử / History",
    ]
    assert first[0] == ["Sự kiện / Event", "Nội dung / What", "Dữ liệu đang lưu / As we hold it"]
    text = json.dumps(held, ensure_ascii=False)
    assert [word for word in (NAME, EMAIL, PHONE, NUMBER, "Lam Kinh") if word not in text] == []
    assert len(held["Các mục đồng ý / Consents"]) == 3


def test_a_copy_is_kept_by_no_cache_and_strangers_get_none(visitor, person):
    path = f"/registrations/{person.registration.code}/personal-data"
    for page in ("", ".zip", "/erase"):
        assert visitor.get(f"{path}{page}").status_code == 404

    answer = visitor.holding(person.registration).get(f"{path}.zip")

    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Content-Disposition"].startswith("attachment")


def test_an_owner_makes_a_copy_with_masked_numbers_and_the_history_says_so(browser_of, person):
    path = f"/organize/hoi-cho/delegates/{person.registration.code}/personal-data.zip"
    editor = browser_of(make_member(person.event, role=MemberRole.EDITOR))
    owner = browser_of(make_member(person.event, role=MemberRole.OWNER))

    answer = owner.post(path)

    held, _first = record_in(answer)
    assert held["Số giấy tờ tùy thân / Identity number"][0].popitem()[1] == "•••••••••234"
    assert history_of(person.registration)[0].action == "personal_data.copied"
    assert editor.post(path).status_code == 404


def test_an_administrator_finds_a_person_at_all_events_without_the_address_in_an_address(
    browser_of, person
):
    make_registration(make_event(), email=EMAIL, full_name=NAME)
    administrator = browser_of(make_administrator())

    page = administrator.post("/personal-data", {"email": EMAIL.upper()}).text
    held, _first = record_in(administrator.post("/personal-data/copy", {"email": EMAIL}))

    assert page.count(NAME) >= 3
    names = [row for row in held["Đăng ký / Registration"] if NAME in row.values()]
    assert len(names) == 2
    assert "Nothing is held" in administrator.post("/personal-data", {"email": "x@y.vn"}).text
    assert administrator.post("/personal-data", {"email": "x"}).status_code == 422
    assert administrator.post("/personal-data/copy", {"email": "x@y.vn"}).status_code == 404


def test_others_than_administrators_look_nobody_up(browser_of, visitor, person):
    owner = browser_of(make_member(person.event, role=MemberRole.OWNER))

    for path in ("", "/copy", "/erase"):
        assert owner.post(f"/personal-data{path}", {"email": EMAIL}).status_code == 404
        assert visitor.post(f"/personal-data{path}", {"email": EMAIL}).status_code == 303
