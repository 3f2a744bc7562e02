import pytest

from matchmaking.core import jobs
from matchmaking.core.database import db
from tests.api.program import problem_of
from tests.factories import make_registration

DOCUMENTS = "/events/han-quoc/documents"


def printed(organizer, body):
    ordered = organizer.post(DOCUMENTS, body)
    assert ordered.status_code == 202
    db.session.commit()
    jobs.run_due()
    return organizer.get(f"{DOCUMENTS}/{ordered.get_json()['id']}").get_json()


def test_badges_are_printed_in_the_background(organizer, other, ticket_type):
    make_registration(ticket_type=ticket_type)

    done = printed(organizer, {"kind": "badges", "filter": {"ticket_type": "delegate"}})

    assert (done["state"], done["done"], done["total"]) == ("done", 1, 1)
    link = done["links"]["pdf"].split("/api/v1")[1]
    assert organizer.get(link).data.startswith(b"%PDF")
    assert other.get(link).status_code == 404


def test_programme_is_printed_in_both_languages(organizer, event):
    done = printed(organizer, {"kind": "programme", "languages": ["vi", "en"]})

    assert done["state"] == "done"


def test_document_for_nobody_is_refused(organizer, event):
    answer = organizer.post(DOCUMENTS, {"kind": "sign_in_sheets"})

    assert (answer.status_code, problem_of(answer)["code"]) == (409, "nothing_to_print")


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "banknotes"},
        {},
        {"kind": "badges", "languages": ["fr"]},
        {"kind": "badges", "languages": []},
        {"kind": "badges", "filter": {"colour": "red"}},
        {"kind": "badges", "filter": []},
    ],
)
def test_document_that_cannot_be_right_is_refused(organizer, wrong):
    assert organizer.post(DOCUMENTS, wrong).status_code == 422


def test_document_of_another_event_is_not_there(organizer, other, reader, event):
    ordered = organizer.post(DOCUMENTS, {"kind": "programme"}).get_json()

    assert ordered["links"]["pdf"] is None
    early = organizer.get(f"{DOCUMENTS}/{ordered['id']}/file.pdf")
    assert problem_of(early)["code"] == "not_done"
    assert other.get(f"{DOCUMENTS}/{ordered['id']}").status_code == 404
    assert other.get(f"/events/nhat-ban/documents/{ordered['id']}").status_code == 404
    assert reader.get(f"{DOCUMENTS}/{ordered['id']}").status_code == 403
