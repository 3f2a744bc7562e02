"""Who comes, against who is expected, as pictures."""

import uuid
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from urllib.parse import urlencode

from flask import url_for

from matchmaking.checkin import arriving, queries
from matchmaking.checkin.answers import Answer, answer_to
from matchmaking.checkin.arriving import Group, VipArrival
from matchmaking.checkin.filters import WantedArrivals
from matchmaking.core import clock
from matchmaking.core.bilingual import Bilingual
from matchmaking.core.i18n import _
from matchmaking.events.models import Event
from matchmaking.registration.models import TicketType
from matchmaking.registration.queries import ticket_types_of
from matchmaking.web.charts import Bar, Column, bar, bars, columns
from matchmaking.web.filters import clock_time, local

NEWS = timedelta(seconds=7)
"""A little longer than the page takes to ask again: what is newer was not on it before."""


@dataclass(frozen=True)
class ArrivalsShown:
    """Of one day. `expected` is None where nobody can know: before the event, and of one gate.

    `due` is how many should have come by now; None without a programme. `news` names a VIP who
    came since the page was asked for last.
    """

    wanted: WantedArrivals
    arrived: int
    expected: int | None
    due: int | None
    figures: queries.Figures
    by_quarter_hour: list[Column]
    by_ticket_type: list[Bar]
    by_gate: list[Bar]
    vips: list[VipArrival]
    news: str
    recent: list[Answer]
    source: str


def arrivals_shown(event: Event, wanted: WantedArrivals) -> ArrivalsShown:
    kinds = [one for one in ticket_types_of(event) if wanted.ticket_type in ("", one.code)]
    expected = _expected(event, wanted, kinds)
    groups = _groups(event, wanted, kinds)
    total = sum(expected.values())
    curve = arriving.expected_curve(total, arriving.first_session_on(event, wanted.day))
    gates, vips = queries.gate_names(event), arriving.vip_arrivals(event, wanted.day)
    part = {"day": wanted.day.isoformat(), "gate": wanted.gate, "ticket": wanted.ticket_type}
    return ArrivalsShown(
        wanted=wanted,
        arrived=sum(group.count for group in groups),
        expected=total if expected else None,
        due=arriving.expected_by(curve, clock.now()) if curve else None,
        figures=queries.figures(event),
        by_quarter_hour=_quarters(event, groups, curve),
        by_ticket_type=_by_ticket_type(
            event, wanted, kinds=kinds, groups=groups, expected=expected
        ),
        by_gate=_by_gate(event, wanted, gates, groups),
        vips=vips,
        news=_news(vips),
        recent=[answer_to(scan, event, gates) for scan in queries.recent_scans(event)],
        source=f"{url_for('checkin_desk.live', slug=event.slug)}?{urlencode(part)}",
    )


def _expected(
    event: Event, wanted: WantedArrivals, kinds: list[TicketType]
) -> dict[uuid.UUID, int]:
    if wanted.day not in event.days or wanted.gate:
        return {}
    expected = arriving.expected_by_ticket_type(event)
    return {kind.id: expected[kind.id] for kind in kinds if kind.id in expected}


def _groups(event: Event, wanted: WantedArrivals, kinds: list[TicketType]) -> list[Group]:
    chosen = {kind.id for kind in kinds}
    return [
        group
        for group in arriving.arrivals_on(event, wanted.day)
        if group.ticket_type_id in chosen and wanted.gate in ("", group.gate)
    ]


def _quarters(event: Event, groups: list[Group], curve: dict[datetime, int]) -> list[Column]:
    quarters = arriving.side_by_side(groups, curve)
    came = [(clock_time(quarter, event.zone), count) for quarter, count, _awaited in quarters]
    awaited = [awaited for _quarter, _count, awaited in quarters] if curve else []
    return columns(came, expected=awaited)


def _by_ticket_type(
    event: Event,
    wanted: WantedArrivals,
    *,
    kinds: list[TicketType],
    groups: list[Group],
    expected: dict[uuid.UUID, int],
) -> list[Bar]:
    """Each leads to those who came."""
    came: Counter[uuid.UUID] = Counter()
    for group in groups:
        came[group.ticket_type_id] += group.count
    list_of = partial(
        url_for, "checkin_lists.people", slug=event.slug, where="came", day=wanted.day
    )
    return [
        bar(local(one.name), came[one.id], of=expected.get(one.id), href=list_of(ticket=one.code))
        for one in kinds
        if came[one.id] or one.id in expected
    ]


def _by_gate(
    event: Event, wanted: WantedArrivals, gates: Mapping[str, Bilingual], groups: list[Group]
) -> list[Bar]:
    came: Counter[str] = Counter()
    for group in groups:
        came[group.gate] += group.count
    list_of = partial(url_for, "checkin_lists.scans", slug=event.slug, day=wanted.day)
    return bars(
        [
            bar(
                f"{code} – {local(gates[code])}" if code in gates else code,
                count,
                href=list_of(gate=code),
            )
            for code, count in sorted(came.items())
        ]
    )


def _news(vips: list[VipArrival]) -> str:
    """For a screen reader and a passing message, once: the page asks again every five seconds."""
    since = clock.now() - NEWS
    came = [one for one in vips if one.scan.received_at >= since and not one.reception]
    return _("VIP arrived: %(name)s", name=came[0].registration.full_name) if came else ""
