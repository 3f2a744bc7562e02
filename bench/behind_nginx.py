"""The whole stack on one machine: gunicorn behind nginx as deploy/ configures it, on loopback.

    .venv/bin/python -m bench.behind_nginx --event SLUG [--port 21443] [--clients 500] [--seconds 10]

Needs nginx and wrk, and a database with a published event (DATABASE_URL, DATA_DIR). Checks what
the configuration promises with real requests, then measures how many viewers it holds.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

ROOT = Path(__file__).resolve().parent.parent
NAME = "localhost"
CONFIGURATION = ROOT / "deploy/nginx/gap-go.conf"


def certificate(folder: Path) -> None:
    """A certificate for a day, signed by itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, NAME)])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    (folder / "fullchain.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    (folder / "privkey.pem").write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )


def configuration(folder: Path, port: int) -> Path:
    """The configuration of deploy/ with this machine's places and ports, and a frame around it."""
    text = CONFIGURATION.read_text()
    for placed, here in (
        ("/run/gap-go/web.sock", f"{folder}/web.sock"),
        ("/var/cache/gap-go", f"{folder}/pages"),
        ("/etc/gap-go/tls", str(folder)),
        ("/var/log/nginx", str(folder)),
        ("/usr/share/gap-go", str(ROOT / "deploy/nginx")),
        ("event.example.gov.vn", NAME),
    ):
        text = text.replace(placed, here)
    text = re.sub(r"listen \[::\]:\d+[^;]*;\n", "", text)
    text = text.replace("listen 443", f"listen 127.0.0.1:{port}")
    text = text.replace("listen 80", f"listen 127.0.0.1:{port + 1}")
    frame = (
        f"pid {folder}/nginx.pid; worker_processes 2; worker_rlimit_nofile 40000;"
        f"error_log {folder}/error.log; events {{ worker_connections 16384; }}\n"
        f"http {{ types {{ text/html html; }}\n"
        + "".join(
            f"{kind}_temp_path {folder}/{kind};\n"
            for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        )
        + f"{text}}}\n"
    )
    path = folder / "nginx.conf"
    path.write_text(frame)
    return path


@contextmanager
def running(folder: Path, port: int) -> Iterator[subprocess.Popen[bytes]]:
    """Both servers, until the block ends; yields the one behind."""
    environment = {
        **os.environ,
        "BIND": f"unix:{folder}/web.sock",
        "BASE_URL": f"https://{NAME}",
        "TRUSTED_PROXIES": "1",
        "SMTP_URL": "smtp://127.0.0.1:25",
        "MAIL_FROM": "Trial <trial@example.gov.vn>",
        "BACKGROUND_WORKER": "0",
    }
    gunicorn = subprocess.Popen([sys.executable, "-m", "gunicorn"], cwd=ROOT, env=environment)
    nginx = subprocess.Popen(
        ["nginx", "-p", str(folder), "-c", str(configuration(folder, port)), "-g", "daemon off;"]
    )
    try:
        end = time.monotonic() + 30
        while ask(port, "/healthz").status != 200:
            if time.monotonic() > end:
                sys.exit("the servers do not answer")
            time.sleep(0.2)
        yield gunicorn
    finally:
        for server in (nginx, gunicorn):
            server.terminate()
            server.wait()


@dataclass(frozen=True)
class Answer:
    status: int
    headers: str
    body: bytes

    def header(self, name: str) -> list[str]:
        return re.findall(rf"(?im)^{name}: (.*?)\r?$", self.headers)


def ask(port: int, path: str, *options: str, scheme: str = "https") -> Answer:
    """One request with curl; status 0 when there is no answer."""
    with tempfile.TemporaryDirectory() as place:
        head, body = Path(place, "head"), Path(place, "body")
        command = ["curl", "-sk", "--path-as-is", "-D", head, "-o", body, "-w", "%{http_code}"]
        asked = subprocess.run(
            [*command, *options, f"{scheme}://{NAME}:{port}{path}"],
            check=False,
            capture_output=True,
            text=True,
        )
        return Answer(
            int(asked.stdout or 0),
            head.read_text() if head.exists() else "",
            body.read_bytes() if body.exists() else b"",
        )


def checks(
    folder: Path, port: int, slug: str, gunicorn: subprocess.Popen[bytes]
) -> dict[str, bool]:
    """What deploy/nginx/gap-go.conf promises, and whether it holds."""
    page = f"/events/{slug}"
    held, asset = answers_hold(folder, port, page)
    held |= log_holds(folder, page, asset)
    gunicorn.send_signal(signal.SIGSTOP)
    try:
        held["a viewer is answered while the application hangs"] = ask(port, page).status == 200
    finally:
        gunicorn.send_signal(signal.SIGCONT)
    return held


def answers_hold(folder: Path, port: int, page: str) -> tuple[dict[str, bool], str]:
    """What the answers themselves show; and the address of the style sheet that was asked for."""
    session = ("-b", "__Host-gapgo=somebody")
    first, second = ask(port, page), ask(port, page)
    tag = second.header("etag")[0]
    asset = re.findall(rb'href="(/static/[^"]+\.css)"', first.body)[0].decode()
    ask(port, asset), ask(port, "/sign-in"), ask(port, "/sign-in"), ask(port, page, *session)
    ask(port, "/r/K7QM2X9D/a-secret-key"), ask(port, "/api/v1/events?q=Nguyen-Thi-Anh")
    static = ask(port, asset, *session)
    large = folder / "large"
    large.write_bytes(bytes(9_000_000))
    held = {
        "one HSTS header": len(first.header("strict-transport-security")) == 1,
        "http leads to https": ask(port + 1, page, scheme="http").status == 301,
        "another name is not answered": ask(
            port, page, "-H", "Host: evil.example", "--connect-to", f"::{NAME}:{port}"
        ).status
        in (0, 421, 400, 444),
        "no cookie for a stranger": not first.header("set-cookie"),
        "a viewer who has the page gets 304": ask(port, page, "-H", f"If-None-Match: {tag}").status
        == 304,
        "each language has its own copy": ask(
            port, page, "-H", "Accept-Language: fr, en;q=0.8"
        ).body
        != first.body,
        "an unpacked page is served to who cannot unpack": first.body.startswith(b"\n<!doctype")
        or b"<!doctype html>" in first.body[:200],
        "static files are immutable": "immutable" in static.header("cache-control")[0],
        "9 MB are refused": ask(port, "/sign-in", "--data-binary", f"@{large}").status == 413,
        "metrics and readiness stay inside": {
            ask(port, path).status for path in ("/metrics", "/readyz")
        }
        == {404},
    }
    return held, asset


def log_holds(folder: Path, page: str, asset: str) -> dict[str, bool]:
    """What the log shows of those answers."""
    time.sleep(6)  # it is written every 5 seconds
    log = (folder / "gap-go.log").read_text()
    lines = [json.loads(line) for line in log.splitlines()]
    seen = [(line["path"], line["cache"]) for line in lines]
    return {
        "the second viewer is answered by nginx": (page, "HIT") in seen,
        "a session is answered by the application": (page, "BYPASS") in seen,
        "static files come from nginx for everybody": (asset, "HIT") in seen,
        "a form is never kept": ("/sign-in", "HIT") not in seen,
        "the log holds no key, code or query": not re.search("a-secret-key|K7QM2X9D|Nguyen", log),
        "the log holds no whole address": "127.0.0.1" not in log,
    }


def measure(port: int, path: str, clients: int, seconds: int, *headers: str) -> str:
    """How fast nginx answers clients that ask again as soon as they have their answer."""
    command = ["wrk", "-t1", f"-c{clients}", f"-d{seconds}", "--latency", "--timeout", "10"]
    for header in ("Accept-Encoding: gzip", *headers):
        command += ["-H", header]
    command.append(f"https://{NAME}:{port}{path}")
    told = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    rate = re.findall(r"Requests/sec:\s+([\d.]+)", told)[0]
    latency = re.findall(r"(?:50|99)%\s+(\S+)", told)
    faults = re.findall(r"(?:Socket errors|Non-2xx).*", told)
    return f"{path}: {float(rate):,.0f} a second, {clients} clients, 50 % {latency[0]}, 99 % {latency[1]} {faults or ''}"


def main() -> None:
    wanted = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    wanted.add_argument("--event", required=True)
    wanted.add_argument("--port", type=int, default=21443)
    wanted.add_argument("--clients", type=int, default=500)
    wanted.add_argument("--seconds", type=int, default=10)
    asked = wanted.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="gap-go-nginx-"))
    folder.chmod(0o755)
    certificate(folder)
    with running(folder, asked.port) as gunicorn:
        held = checks(folder, asked.port, asked.event, gunicorn)
        print(
            "\n".join(f"{'holds' if is_so else 'BROKEN':<7} {what}" for what, is_so in held.items())
        )
        page, agenda = f"/events/{asked.event}", f"/api/v1/events/{asked.event}/agenda"
        tag = ask(asked.port, page).header("etag")[0]
        for path, headers in (
            (page, ()),
            (page, (f"If-None-Match: {tag}",)),
            (page, ("Connection: close",)),
            (agenda, ()),
        ):
            print(measure(asked.port, path, asked.clients, asked.seconds, *headers), *headers)
    shutil.rmtree(folder)
    sys.exit(not all(held.values()))


if __name__ == "__main__":
    main()
