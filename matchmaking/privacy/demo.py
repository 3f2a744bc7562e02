"""What people ask about their data, in the demo: open, late, done and refused."""

from collections.abc import Sequence
from datetime import timedelta

from matchmaking.cli.demo.signals import event_loaded
from matchmaking.core import clock
from matchmaking.core.database import db
from matchmaking.events.models import Event
from matchmaking.privacy.models import DataRequest, RequestKind, RequestState
from matchmaking.registration.models import Registration

ASKED = (
    (RequestKind.CORRECTION, 2, "Tôi đã chuyển công tác, xin sửa tên đơn vị.", "", ""),
    (RequestKind.ERASURE, 22, "Tôi không dự nữa, xin xóa dữ liệu của tôi.", "", ""),
    (
        RequestKind.STOP,
        9,
        "Xin không dùng ảnh chụp tôi để giới thiệu sự kiện.",
        RequestState.DONE,
        "Chúng tôi đã gỡ ảnh và sẽ không dùng nữa.",
    ),
    (
        RequestKind.ERASURE,
        16,
        "Xin xóa tên tôi khỏi danh sách đã gửi cơ quan an ninh.",
        RequestState.REFUSED,
        "Danh sách này phải giữ theo luật đến hết hạn, sau đó sẽ tự xóa.",
    ),
)
"""Kind, days ago, what was said, and how and in which words it was answered."""


@event_loaded.connect
def _ask(event: Event, *, delegates: Sequence[Registration]) -> None:
    """Written directly: a demo sends no mail."""
    vietnamese = (one for one in delegates if one.language == "vi")
    for (kind, days, said, state, answer), delegate in zip(ASKED, vietnamese, strict=False):
        asked_at = clock.now() - timedelta(days=days)
        db.session.add(
            DataRequest(
                event_id=event.id,
                registration_id=delegate.id,
                kind=kind,
                said=said,
                asked_at=asked_at,
                acknowledged_at=asked_at,
                status=state or RequestState.OPEN,
                answer=answer,
                answered_at=asked_at + timedelta(days=3) if state else None,
            )
        )
