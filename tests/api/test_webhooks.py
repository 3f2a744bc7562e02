import hashlib
import hmac
import json
import socket
from base64 import b64decode, b64encode
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from ipaddress import ip_network
from select import select
from threading import Thread

import pytest

from matchmaking.api import posting
from matchmaking.api.models import Delivery, DeliveryState
from matchmaking.api.posting import Forbidden, Unreachable, post
from matchmaking.api.services.webhooks import remove_webhook, replay, secret_of
from matchmaking.companies.models import Side
from matchmaking.core import clock, jobs
from matchmaking.core.database import db
from matchmaking.core.jobs import Job
from matchmaking.web.settings import settings
from tests.api.program import ANH, PLACES
from tests.api.receiver import receiving
from tests.factories import make_company, make_registration, make_slots, make_tables, make_webhook

LOOPBACK = ip_network("127.0.0.0/8")


@pytest.fixture
def own_network(app):
    """This installation may send into its own network."""
    before = app.extensions["gap-go"]
    app.extensions["gap-go"] = replace(before, webhook_networks=(LOOPBACK,))
    yield
    app.extensions["gap-go"] = before


@pytest.fixture
def receiver(own_network, event):
    """Told everything that happens at the event."""
    with receiving() as found:
        found.webhook = make_webhook(event, found.url)
        db.session.commit()
        yield found


def deliver():
    """Do the waiting work, however long it is to wait."""
    db.session.commit()
    for job in db.session.scalars(db.select(Job)):
        job.run_after = min(job.run_after, clock.now())
    db.session.commit()
    for job_id in jobs.due_jobs():
        db.session.rollback()
        jobs.run(job_id)


def deliveries():
    db.session.expire_all()
    return db.session.scalars(db.select(Delivery).order_by(Delivery.happened_at, Delivery.id)).all()


def test_news_of_a_registration_is_signed_and_holds_no_personal_data(
    organizer, receiver, ticket_type
):
    made = organizer.post(PLACES, ANH).get_json()
    deliver()

    ((headers, body),) = receiver.received
    news = json.loads(body)
    assert (news["type"], news["event"]) == ("registration.created", "han-quoc")
    assert news["data"] == {
        "code": made["code"],
        "status": "confirmed",
        "ticket_type": "delegate",
    }
    assert "anh@example.com" not in body.decode()
    secret = secret_of(receiver.webhook, secret=settings().data_secret)
    assert secret not in receiver.webhook.sealed_secret
    key = b64decode(secret.removeprefix("whsec_"))
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    signature = b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    assert headers["webhook-signature"] == f"v1,{signature}"
    assert deliveries()[0].state is DeliveryState.DELIVERED


def test_check_in_meeting_and_schedule_are_told(organizer, receiver, event, ticket_type):
    registration = make_registration(ticket_type=ticket_type)
    event.check_in_opens_at = clock.now() - timedelta(hours=1)
    scan = {"scan_id": "0192f0c4-0000-7000-8000-000000000001", "code": registration.code}
    assert organizer.post("/events/han-quoc/check-ins", scan).get_json()["result"] == "admitted"
    make_tables(event)
    slot = make_slots(event)[0]
    pair = [make_company(event), make_company(event, side=Side.FOREIGN)]
    body = {"companies": [str(one.id) for one in pair], "slot": str(slot.id)}
    meeting = organizer.post("/events/han-quoc/meetings", body).get_json()
    organizer.post(f"/events/han-quoc/meetings/{meeting['id']}/cancel")
    deliver()

    told = {json.loads(body)["type"]: json.loads(body)["data"] for _, body in receiver.received}
    assert set(told) == {"check_in.admitted", "meeting.booked", "meeting.cancelled"}
    assert told["check_in.admitted"]["registration"] == registration.code
    assert told["meeting.cancelled"]["id"] == meeting["id"]


def test_nothing_is_told_of_what_was_refused(organizer, receiver, ticket_type):
    make_registration(ticket_type=ticket_type, email="anh@example.com")

    assert organizer.post(PLACES, ANH).status_code == 409

    assert deliveries() == []


def test_answer_that_is_no_success_is_tried_again_with_growing_pauses(
    organizer, receiver, ticket_type
):
    receiver.status = 500
    organizer.post(PLACES, ANH)
    pauses = []
    for _ in range(3):
        deliver()
        job = db.session.scalars(db.select(Job).where(Job.kind == "send_webhook")).one()
        pauses.append((job.run_after - clock.now()).total_seconds())

    (delivery,) = deliveries()
    assert (delivery.state, delivery.attempts, delivery.status) == (DeliveryState.WAITING, 3, 500)
    assert pauses == sorted(pauses)
    receiver.status = 200
    deliver()
    assert deliveries()[0].state is DeliveryState.DELIVERED
    assert len({body for _, body in receiver.received}) == 1


def test_news_nobody_takes_has_failed_in_the_end_and_can_be_sent_again(
    organizer, receiver, ticket_type
):
    receiver.status = 404
    organizer.post(PLACES, ANH)
    for _ in range(9):
        deliver()
    assert deliveries()[0].state is DeliveryState.FAILED
    deliver()
    assert len(receiver.received) == 9

    receiver.status = 204
    replay(deliveries()[0])
    deliver()

    assert deliveries()[0].state is DeliveryState.DELIVERED
    assert receiver.received[-1][1] == receiver.received[0][1]


def test_removed_webhook_is_told_nothing(organizer, receiver, event, ticket_type):
    organizer.post(PLACES, ANH)
    remove_webhook(receiver.webhook)
    deliver()
    organizer.post(PLACES, {**ANH, "email": "b@example.com"})
    deliver()

    assert receiver.received == []
    assert event.tells_programs is False


def test_address_in_our_own_network_is_never_told(organizer, event, ticket_type):
    with receiving() as found:
        make_webhook(event, found.url)
        organizer.post(PLACES, ANH)
        deliver()

        assert found.received == []
    (delivery,) = deliveries()
    assert delivery.state is DeliveryState.FAILED
    assert "public" in delivery.error


def test_webhook_sealed_with_another_key_fails_with_a_sentence(
    app, organizer, receiver, ticket_type
):
    config = app.extensions["gap-go"]
    app.extensions["gap-go"] = replace(config, data_key="another key than before")
    organizer.post(PLACES, ANH)
    deliver()

    assert receiver.received == []
    assert (deliveries()[0].state, "DATA_KEY" in deliveries()[0].error) == (
        DeliveryState.FAILED,
        True,
    )


@pytest.mark.parametrize(
    "url",
    [
        "https://127.0.0.1/",
        "https://localhost/",
        "https://[::1]/",
        "https://[::ffff:127.0.0.1]/",
        "https://10.0.0.1/",
        "https://192.168.1.1/",
        "https://169.254.169.254/latest/meta-data/",
        "https://0.0.0.0/",
        "https://100.64.0.1/",
        "https://2130706433/",
        "https://224.0.0.1/",
        "http://8.8.8.8/",
        "https://user:pass@127.0.0.1/",
        "https://0x7f.1/",
        "https://0177.0.0.1/",
        "https://127。0。0。1/",
        "https://[::127.0.0.1]/",
        "https://[64:ff9b::127.0.0.1]/",
        "https://[64:ff9b:1::10.0.0.1]/",
        "https://[2002:7f00:1::]/",
        "https://[fe80::1]/",
        "https://8.8.8.8:99999/",
        "https://[::1/",
        "ftp://8.8.8.8/",
        "",
    ],
)
def test_addresses_that_are_not_public_are_closed(url):
    with pytest.raises(Forbidden):
        post(url, b"{}", {})


def test_host_that_is_none_is_said_to_be_so():
    with pytest.raises(Unreachable):
        post("https://nowhere.invalid/", b"{}", {})


def trickling(listener):
    """One letter after another, until nobody listens."""
    line, _address = listener.accept()
    with line, suppress(OSError):
        while not select([line], [], [], 0.02)[0] or line.recv(4096):
            line.sendall(b"H")


def test_answer_that_never_ends_is_given_up(own_network, monkeypatch):
    monkeypatch.setattr(posting, "LONGEST_SECONDS", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        Thread(target=trickling, args=(listener,), daemon=True).start()

        with pytest.raises(Unreachable):
            post(f"http://127.0.0.1:{listener.getsockname()[1]}/", b"{}", {}, allowed=[LOOPBACK])


def test_redirects_are_not_followed(own_network):
    with receiving(status=302) as found:
        assert post(found.url, b"{}", {}, allowed=[LOOPBACK]) == 302
        assert len(found.received) == 1
