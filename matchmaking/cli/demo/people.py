"""Invented people, the same every time: names of every length, as their countries write them."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from random import Random

from matchmaking.core.text import fold


@dataclass(frozen=True)
class Person:
    full_name: str
    email: str
    country: str
    language: str


@dataclass(frozen=True)
class Names:
    """How a country names people. `order` is "family given" as it is written there."""

    families: tuple[str, ...]
    middles: tuple[str, ...]
    givens: tuple[str, ...]
    order: str = "{family} {middle}{given}"


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


def _phrases(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(","))


VIETNAMESE = Names(
    _words(
        "Nguyễn Trần Lê Phạm Hoàng Huỳnh Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý Đào Đoàn Trịnh "
        "Đinh Mai Tô Quách Lương Cao Tạ Hà Thái Châu Tống"
    ),
    _phrases(
        "Thị, Văn, Minh, Ngọc, Đức, Thanh, Quang, Hữu, Xuân, Thu, Hồng, Công, Thị Ngọc, Thị Thanh, "
        "Hoàng, Quốc, Gia, Thị Kim, Bảo, Tuấn"
    ),
    _words(
        "An Anh Ánh Bình Bảo Châu Chi Cường Dũng Dung Duy Đạt Đức Giang Hà Hải Hạnh Hằng Hiền Hiếu "
        "Hòa Hoa Hùng Hương Huyền Khánh Khoa Lan Linh Loan Long Mai Minh My Nam Nga Ngân Nghĩa Ngọc "
        "Nhung Oanh Phong Phúc Phượng Quân Quỳnh Sơn Tâm Thảo Thắng Thịnh Thủy Thư Tiến Trang Trí "
        "Trung Tú Tuấn Uyên Vân Việt Vinh Yến Ý"
    ),
)
KOREAN = Names(
    _words("Kim Lee Park Choi Jung Kang Cho Yoon Jang Lim Han Oh Seo Shin Kwon Hwang Ahn Song Ryu"),
    ("",),
    _words(
        "Min-jun Seo-yeon Ji-hoon Ha-eun Do-yun Su-bin Ye-jun Ji-woo Hyun-woo Eun-ji Tae-yang "
        "Bo-ra Jae-min Yu-na Sung-ho Mi-rae Dong-hyun So-hee Kyung-soo Young-mi"
    ),
)
HANGUL = Names(
    _words("김 이 박 최 정 강 조 윤 장 임"),
    ("",),
    _words("민준 서연 지훈 하은 도윤 수빈 예준 지우 현우 은지"),
    "{family}{given}",
)
JAPANESE = Names(
    _words("Sato Suzuki Takahashi Tanaka Watanabe Ito Yamamoto Nakamura Kobayashi Kato Yoshida"),
    ("",),
    _words("Hiroshi Yuki Kenta Aiko Haruka Takumi Naoko Shota Mika Daichi Emi Ryo Sakura Kazuo"),
    "{given} {family}",
)
KANJI = Names(
    _words("佐藤 鈴木 高橋 田中 渡辺 伊藤 山本 中村"),
    ("",),
    _words("健太 陽子 直樹 美咲 拓海 恵子 大輔 由美"),
    "{family} {given}",
)
EUROPEAN = Names(
    _phrases(
        "Schneider, van der Berg, Novák, Lindqvist, Dubois, Jørgensen, Müller, de Vries, Svoboda, "
        "Lefèvre, Østergaard, von Hohenberg, García López, Kowalczyk, Rossi, Papadopoulou"
    ),
    ("", "", "", "Maria ", "-Claude "),
    _phrases(
        "Anna, Lukas, Ingrid, Jean, Sofie, Matthias, Élodie, Karel, Åsa, Willem, Chloé, Björn, "
        "Katarzyna, Giulia, Dimitra, Wolfgang"
    ),
    "{given} {middle}{family}",
)
INDIAN = Names(
    _phrases(
        "Iyer, Sharma, Subramaniam, Reddy, Chattopadhyay, Patel, Krishnamurthy, Nair, Singh, Rao, "
        "Venkataraghavan, Bhattacharya"
    ),
    ("", "", "Lakshmi ", "Kumar ", "Venkata Satyanarayana "),
    _phrases("Priya, Arjun, Anjali, Rohan, Padmanabhan, Kavya, Vikram, Deepa, Ananthakrishnan, Om"),
    "{given} {middle}{family}",
)
GULF = Names(
    _phrases("Al Mansoori, Al Qahtani, Al Sabah, bin Rashid Al Maktoumi, Al Harbi, Al Otaibi"),
    ("",),
    _phrases("Fatima, Khalid, Noura, Abdulrahman, Mariam, Yousef, Salem"),
    "{given} {family}",
)
THAI = Names(
    _phrases("Srisawat, Chaiyaporn, Wongsakul, Rattanapongpaisan, Thongchai"),
    ("",),
    _phrases("Somchai, Ploy, Kittisak, Naphat, Chompunut, Anong"),
    "{given} {family}",
)
EUROPE = ("DE", "FR", "NL", "CZ", "SE", "DK", "BE")
BY_COUNTRY = {"VN": VIETNAMESE, "JP": JAPANESE, "IN": INDIAN, "TH": THAI, "KR": KOREAN}
NATIVE = {"KR": HANGUL, "JP": KANJI}


def names_of(country: str, random: Random) -> Names:
    if country in NATIVE and random.random() < 0.15:
        return NATIVE[country]
    if country in BY_COUNTRY:
        return BY_COUNTRY[country]
    return EUROPEAN if country in EUROPE else GULF


class People:
    """An endless row of different people; the same row for the same seed."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)  # noqa: S311  (invented people need no secrecy)
        self.numbers: Iterator[int] = count(1)
        self.seen: set[str] = set()

    def person(self, country: str) -> Person:
        full_name = self._name(country)
        number = next(self.numbers)
        plain = "".join(c for c in fold(full_name) if (c.isascii() and c.isalnum()) or c == " ")
        mailbox = ".".join(plain.split()[-2:]) or "delegate"
        language = "vi" if country == "VN" else "en"
        return Person(full_name, f"{mailbox}.{number}@example.com", country, language)

    def _name(self, country: str) -> str:
        """A name nobody has yet; a repeated one is let through after some tries."""
        for _ in range(20):
            names = names_of(country, self.random)
            middle = self.random.choice(names.middles)
            full_name = names.order.format(
                family=self.random.choice(names.families),
                middle=f"{middle} " if country == "VN" else middle,
                given=self.random.choice(names.givens),
            ).replace(" -", "-")
            if full_name not in self.seen:
                break
        self.seen.add(full_name)
        return full_name
