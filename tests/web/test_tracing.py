import re

import pytest


def test_request_keeps_the_id_of_the_proxy(visitor):
    answer = visitor.get("/healthz", headers={"X-Request-ID": "0192f0c4-1b2c"})

    assert answer.headers["X-Request-ID"] == "0192f0c4-1b2c"


@pytest.mark.parametrize(
    "given", ["", "short", "x" * 65, "two words and more", "<script>alert", "ngày-mười"]
)
def test_request_gets_an_id_of_its_own_where_none_is_well_formed(visitor, given):
    answer = visitor.get("/healthz", headers={"X-Request-ID": given.encode().decode("latin-1")})

    assert re.fullmatch("[0-9a-f]{32}", answer.headers["X-Request-ID"])


def test_error_page_shows_the_id_that_its_header_carries(visitor):
    answer = visitor.get("/nowhere")

    assert answer.headers["X-Request-ID"] in answer.text


def test_problem_of_a_program_carries_the_id_as_well(visitor):
    assert visitor.get("/api/v1/nowhere").headers["X-Request-ID"]
