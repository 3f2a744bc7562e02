from io import BytesIO

import pikepdf
import pypdfium2
import pytest

from matchmaking.core.bilingual import Bilingual
from matchmaking.documents.badges import A6, CARD, SIZES, badge_pdf
from matchmaking.documents.fitting import POINTS_PER_MM
from matchmaking.documents.sheets import on_a4
from matchmaking.registration.queries import current_badge
from matchmaking.registration.tokens import badge_token, read_token
from tests.documents import paper
from tests.factories import make_event, make_registration, make_ticket_type

NAMES = [
    "Đỗ Ly",
    "Nguyễn Thị Ánh Tuyết",
    "김민수",
    "佐藤 健太郎",
    "류세라핀빛나는하늘별하나둘셋넷다섯여섯일곱여덟아홉열",
    "Venkata Naga Satyanarayana Subrahmanyam Lakshmi Narasimha Rajagopalachari "
    "Venkateswara Ramanujan Srinivasa Raghavan Iyer"[:120],
    "W" * 120,
    "😀 Ánh",
]


def badge_of(**values):
    return current_badge(make_registration(**values))


@pytest.fixture
def korea(app):
    return make_event(name=Bilingual("Gặp gỡ Thanh Hóa – Hàn Quốc 2022", "Meet Korea 2022"))


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES.keys())
def test_badge_has_its_size_and_says_who_in_words_and_pictures(korea, size):
    kind = make_ticket_type(korea, badge_type="diplomatic")
    badge = badge_of(
        ticket_type=kind,
        full_name="Nguyễn Thị Ánh Tuyết",
        organization="Đại sứ quán Hàn Quốc",
        job_title="Tham tán",
        country="KR",
        salutation="ngai",
        delegation="Đoàn Seoul",
    )

    pdf = badge_pdf([badge], size)

    with pikepdf.open(BytesIO(pdf)) as document:
        _, _, width, height = map(float, document.pages[0].mediabox)
        assert (document.Root.Lang, document.docinfo["/Title"]) == ("vi", korea.name.vi)
    assert (width / POINTS_PER_MM, height / POINTS_PER_MM) == pytest.approx(
        (size.width, size.height), abs=0.1
    )
    text = paper.words(pdf)[0]
    for part in (
        "Gặp gỡ Thanh Hóa – Hàn Quốc 2022", "Meet Korea 2022", "Ngài · H.E.",
        "Nguyễn Thị Ánh Tuyết", "Tham tán", "Đại sứ quán Hàn Quốc", "Đoàn Seoul",
        "Hàn Quốc South Korea", "Ngoại giao đoàn", "Diplomatic corps · 외교단",
        f"{badge.registration.code[:4]} {badge.registration.code[4:]}",
    ):  # fmt: skip
        assert part in text
    assert all(paper.fonts(pdf).values())


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES.keys())
def test_code_is_read_from_the_printed_badge_at_150_dpi(korea, size):
    badge = badge_of(event=korea)

    (picture,) = paper.pictures(badge_pdf([badge], size), dpi=150)

    assert paper.codes(picture) == [badge_token(badge)]
    assert read_token(paper.codes(picture)[0]).code == badge.code


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES.keys())
@pytest.mark.parametrize("name", NAMES)
def test_no_letter_of_a_name_leaves_its_place(korea, size, name):
    badge = badge_of(
        event=korea, full_name=name, organization="M" * 200, job_title="Ộ" * 120,
        delegation="Đoàn " * 24, country="BA",
    )  # fmt: skip

    pdf = badge_pdf([badge], size)

    page = pypdfium2.PdfDocument(pdf)[0]
    textpage = page.get_textpage()
    boxes = [
        textpage.get_charbox(index)
        for index in range(textpage.count_chars())
        if textpage.get_text_range(index, 1).strip()
    ]
    margin = 2 * POINTS_PER_MM
    assert min(left for left, _, _, _ in boxes) >= margin
    assert max(right for _, _, right, _ in boxes) <= page.get_width() - margin
    assert paper.codes(paper.pictures(pdf)[0]) == [badge_token(badge)]
    assert "".join(name.split()) in "".join(paper.words(pdf)[0].split())


@pytest.mark.parametrize("name", ["Đặng Phượng", "Ngữ Ộc Ỹ", "김민수", "최형욱"])
def test_name_is_drawn_with_the_very_letters_of_the_typeface(korea, name):
    badge = badge_of(event=korea, full_name=name, country="VN", organization="")

    (picture,) = paper.pictures(badge_pdf([badge], A6), dpi=300)

    width, height = picture.size
    zone = picture.crop(
        (int(width * 0.05), int(height * 0.31), int(width * 0.95), int(height * 0.58))
    )
    assert paper.likeness(paper.cut(zone), paper.drawn(name)) > 0.9
    other = paper.drawn("".join(reversed(name)))
    assert paper.likeness(paper.cut(zone), other) < 0.7


def test_every_type_of_badge_has_its_band_with_readable_words(korea):
    press = badge_of(ticket_type=make_ticket_type(korea, badge_type="press"))
    vip = badge_of(ticket_type=make_ticket_type(korea, badge_type="vip"), country="JP")

    text = paper.words(badge_pdf([press, vip], A6))

    assert "Báo chí" in text[0]
    assert "Đại biểu cấp cao" in text[1]
    assert "VIP / High-level delegate · ハイレベル代表" in text[1]


@pytest.mark.parametrize(("size", "on_a_sheet"), [(CARD, 10), (A6, 4)])
def test_sheets_hold_as_many_badges_as_fit_and_every_code_is_read(korea, size, on_a_sheet):
    badges = [badge_of(event=korea) for _ in range(on_a_sheet + 1)]

    sheets = on_a4(badge_pdf(badges, size), size.width, size.height)

    read = [set(paper.codes(picture)) for picture in paper.pictures(sheets)]
    assert read == [{badge_token(b) for b in badges[:-1]}, {badge_token(badges[-1])}]
    with pikepdf.open(BytesIO(sheets)) as document:
        assert float(document.pages[0].mediabox[2]) == pytest.approx(210 * POINTS_PER_MM, abs=0.1)


def test_badge_shows_markup_in_a_name_as_plain_letters(korea):
    badge = badge_of(event=korea, full_name='<img src="file:///etc/passwd"> & <b>Ly</b>')

    assert "<b>Ly</b>" in paper.words(badge_pdf([badge], A6))[0]
