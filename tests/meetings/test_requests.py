import pytest

from matchmaking.companies.models import CompanyStatus, Side
from matchmaking.meetings.models import RequestStatus
from matchmaking.meetings.services import errors, requests
from tests.factories import make_company, make_event


@pytest.fixture
def event(app):
    return make_event(requests_per_company=2)


@pytest.fixture
def local(event):
    return make_company(event)


@pytest.fixture
def foreign(event):
    return make_company(event, side=Side.FOREIGN)


def test_a_request_waits_for_the_other_side_and_can_be_accepted(local, foreign):
    request = requests.send(local, foreign, priority=5, message="Chúng tôi sản xuất linh kiện.")
    assert request.status is RequestStatus.PENDING

    requests.accept(request)
    assert request.status is RequestStatus.ACCEPTED


def test_asking_the_same_company_twice_is_refused(local, foreign):
    requests.send(local, foreign)

    with pytest.raises(errors.AlreadyRequested):
        requests.send(local, foreign)


def test_both_companies_may_ask_each_other(local, foreign):
    requests.send(local, foreign)

    assert requests.send(foreign, local).status is RequestStatus.PENDING


def test_a_withdrawn_request_can_be_sent_again_and_does_not_count(event, local, foreign):
    request = requests.withdraw(requests.send(local, foreign))
    assert requests.requests_sent(local) == 0

    assert requests.send(local, foreign, priority=1) is request
    assert request.status is RequestStatus.PENDING


def test_a_company_asks_no_more_partners_than_the_event_allows(event, local):
    for _ in range(2):
        requests.send(local, make_company(event, side=Side.FOREIGN))

    with pytest.raises(errors.LimitReached):
        requests.send(local, make_company(event, side=Side.FOREIGN))


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"side": Side.LOCAL}, errors.SameSide),
        ({"status": CompanyStatus.PENDING}, errors.CompanyNotConfirmed),
    ],
)
def test_a_request_against_the_rules_is_refused(event, local, change, refusal):
    other = make_company(event, **{"side": Side.FOREIGN, **change})

    with pytest.raises(refusal):
        requests.send(local, other)


def test_a_company_cannot_ask_itself_or_one_of_another_event(local):
    with pytest.raises(errors.SameCompany):
        requests.send(local, local)
    with pytest.raises(errors.OtherEvent):
        requests.send(local, make_company(side=Side.FOREIGN))


def test_an_answer_is_given_once_but_a_yes_may_be_taken_back(local, foreign):
    request = requests.send(local, foreign)
    requests.accept(request)

    with pytest.raises(errors.AlreadyAnswered):
        requests.accept(request)
    assert requests.decline(request, answer="Đã kín lịch").status is RequestStatus.DECLINED
    with pytest.raises(errors.AlreadyAnswered):
        requests.withdraw(request)
