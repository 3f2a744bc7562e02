"""Documents printed in the background."""

import uuid
from typing import Annotated, Literal

from pydantic import Field

from matchmaking.api.schemas.base import Input, Line, Output, Query
from matchmaking.core.jobs import JobState

Kind = Literal[
    "badges",
    "agendas",
    "company_agendas",
    "table_cards",
    "interpreter_agendas",
    "sign_in_sheets",
    "programme",
]


class Filter(Input):
    """Which badges; all of them without it. Other documents are for everyone concerned."""

    ticket_type: Annotated[str, Line(40)] = ""
    organization: Annotated[str, Line(200)] = ""
    unprinted: bool = False


class NewDocument(Input):
    """`languages` are those of programme and sign-in sheets, one after the other."""

    kind: Kind
    filter: Filter = Filter()
    languages: Annotated[list[Literal["vi", "en"]], Field(min_length=1, max_length=2)] = ["vi"]


class DocumentLinks(Output):
    pdf: str | None


class DocumentOut(Output):
    """How far it is: `done` of `total`. The link is null until it is done, and after three days."""

    id: uuid.UUID
    state: JobState
    done: int
    total: int
    links: DocumentLinks


class KeyQuery(Query):
    """`key` is in the links a registration was answered with; a token needs none."""

    key: Annotated[str, Line(100)] = ""
