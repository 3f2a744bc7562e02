"""Which badges the camera reads: flat, tilted, small, blurred, in glare, on a phone's screen, two at once.

    python -m bench.gate_camera [WORD]

Chromium's fake camera plays a video of each picture; the gate's own page reads it, with our
WebAssembly reader where the browser has none of its own. A table says how many milliseconds
after the camera was started a badge was read, or that it was not; with a WORD, only of the pictures so named.
"""

import io
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy
from PIL import Image, ImageDraw, ImageFilter
from playwright.sync_api import BrowserContext, BrowserType, expect, sync_playwright
from playwright.sync_api import TimeoutError as NotRead

from matchmaking.app import create_app
from matchmaking.config import Config
from matchmaking.core.database import db
from matchmaking.registration.tokens import badge_token
from matchmaking.web.qr import qr_png
from tests.checkin.scanning import event_today
from tests.factories import make_registration, make_ticket_type
from tests.journeys.conftest import CHROMIUM, PHONE
from tests.journeys.phones import enrolled
from tests.journeys.server import Server

WIDTH, HEIGHT, FRAMES = 1280, 720, 10
FILM = "film.mjpeg"
PATIENCE_MS = 30_000
Picture = Image.Image


def badge(text: str, size: int = 420) -> Picture:
    """A printed badge's QR, `size` pixels wide, on white paper."""
    code = Image.open(io.BytesIO(qr_png(text, quiet=4, scale=8))).convert("RGB")
    return code.resize((size, size), Image.Resampling.LANCZOS)


def scene(*parts: tuple[Picture, int, int], ground: str = "#8a8f98") -> Picture:
    """What the camera sees: parts at their places, on a plain ground."""
    frame = Image.new("RGB", (WIDTH, HEIGHT), ground)
    for part, x, y in parts:
        frame.paste(part, (x, y), part if part.mode == "RGBA" else None)
    return frame


def middle(part: Picture) -> Picture:
    return scene((part, (WIDTH - part.width) // 2, (HEIGHT - part.height) // 2))


def turned(text: str, degrees: float) -> Picture:
    part = badge(text).convert("RGBA")
    return middle(part.rotate(degrees, expand=True, resample=Image.Resampling.BICUBIC))


def tilted(text: str, share: float) -> Picture:
    """Held at an angle: the right edge is `share` shorter than the left one, and nearer to it."""
    part = badge(text)
    size, cut = part.width, part.width * share / 2
    seen = [(0, 0), (0, size), (size - cut, size - cut), (size - cut, cut)]
    printed = [(0, 0), (0, size), (size, size), (size, 0)]
    held = part.transform(
        (size, size), Image.Transform.PERSPECTIVE, perspective(seen, printed),
        Image.Resampling.BICUBIC, fillcolor="#8a8f98",
    )  # fmt: skip
    return middle(held)


def perspective(
    seen: Sequence[tuple[float, float]], printed: Sequence[tuple[float, float]]
) -> list[float]:
    """The eight numbers by which Pillow finds, for a point that is seen, the one that was printed."""
    rows, values = [], []
    for (x, y), (u, v) in zip(seen, printed, strict=True):
        rows += [[x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y]]
        values += [u, v]
    found: list[float] = numpy.linalg.solve(rows, values).tolist()
    return found


def in_glare(text: str) -> Picture:
    """A lamp mirrored in the plastic cover, over a part of the code."""
    frame = middle(badge(text)).convert("RGBA")
    light = Image.new("RGBA", frame.size, (255, 255, 255, 0))
    ImageDraw.Draw(light).ellipse((700, 250, 790, 330), fill=(255, 255, 255, 235))
    light = light.filter(ImageFilter.GaussianBlur(14))
    return Image.alpha_composite(frame, light).convert("RGB")


def on_a_screen(text: str) -> Picture:
    """A phone's screen photographed: dim, with the stripes that cameras see."""
    frame = middle(badge(text, 330))
    draw = ImageDraw.Draw(frame, "RGBA")
    for y in range(0, HEIGHT, 6):
        draw.rectangle((0, y, WIDTH, y + 2), fill=(20, 40, 90, 70))
    return Image.blend(frame, Image.new("RGB", frame.size, "#203050"), 0.35)


def two(text: str, other: str) -> Picture:
    return scene((badge(text, 400), 150, 160), (badge(other, 400), 730, 160))


def pictures(text: str, other: str) -> dict[str, Callable[[], Picture]]:
    return {
        "straight before the camera": lambda: middle(badge(text)),
        "turned by 30 degrees": lambda: turned(text, 30),
        "upside down": lambda: turned(text, 180),
        "tilted, one edge a quarter shorter": lambda: tilted(text, 0.25),
        "tilted, one edge half as long": lambda: tilted(text, 0.5),
        "small: 160 of 1280 pixels": lambda: middle(badge(text, 160)),
        "small: 110 of 1280 pixels": lambda: middle(badge(text, 110)),
        "blurred by 2 pixels": lambda: middle(badge(text)).filter(ImageFilter.GaussianBlur(2)),
        "blurred by 4 pixels": lambda: middle(badge(text)).filter(ImageFilter.GaussianBlur(4)),
        "glare over a part of it": lambda: in_glare(text),
        "on a phone's screen": lambda: on_a_screen(text),
        "two badges in one frame": lambda: two(text, other),
    }


def film(picture: Picture, path: Path) -> None:
    """A film of JPEG pictures, as Chromium's fake camera plays it again and again."""
    written = io.BytesIO()
    picture.save(written, "JPEG", quality=88)
    path.write_bytes(written.getvalue() * FRAMES)


@contextmanager
def phone(chromium: BrowserType, folder: Path, address: str) -> Iterator[BrowserContext]:
    """One phone, always the same; before its camera plays whatever film there is."""
    camera = [
        "--use-fake-device-for-media-stream",
        f"--use-file-for-fake-video-capture={folder / FILM}",
    ]
    context = chromium.launch_persistent_context(
        str(folder / "phone"),
        **CHROMIUM | {"args": [*CHROMIUM["args"], *camera]},
        **PHONE,
        base_url=address,
    )
    context.set_default_timeout(PATIENCE_MS)
    yield context
    context.close()


def read(context: BrowserContext, slug: str) -> str:
    """What the gate answers to the film, and how long after the camera was started."""
    page = context.new_page()
    page.goto(f"/events/{slug}/gate")
    expect(page.locator("[data-state=open]")).to_be_visible()
    context.grant_permissions(["camera"])
    began = time.monotonic()
    page.locator("[data-start]").click()
    answer = page.locator("#answer[data-shown]")
    try:
        answer.wait_for(state="attached")
    except NotRead:
        state = page.locator("[data-camera]").get_attribute("data-state")
        return f"not read, camera {state} | –"
    took = time.monotonic() - began
    return f"{answer.get_attribute('data-shown')} | {took * 1000:.0f} ms"


def main() -> None:
    expect.set_options(timeout=10 * PATIENCE_MS)
    with tempfile.TemporaryDirectory() as base, sync_playwright() as playwright:
        folder, url = Path(base), f"sqlite:///{base}/gate.db"
        app = create_app(Config(secret_key="measuring " * 4, database_url=url))
        with app.app_context():
            db.create_all()
            event = event_today(slug="camera")
            kind = make_ticket_type(event)
            people = [make_registration(ticket_type=kind) for _ in range(2 * len(pictures("", "")))]
            texts = [badge_token(one.badges[0]) for one in people]
            film(scene(), folder / FILM)
            server = Server(app)
            server.open()
            with phone(playwright.chromium, folder, server.address) as context:
                enrolled(context, event)
            for number, name in enumerate(pictures("", "")):
                if sys.argv[1:] and sys.argv[1] not in name:
                    continue
                film(pictures(*texts[2 * number :][:2])[name](), folder / FILM)
                with phone(playwright.chromium, folder, server.address) as context:
                    print(f"{name} | {read(context, 'camera')}", flush=True)
            server.close()


if __name__ == "__main__":
    main()
