"""How gunicorn serves the application, and the background worker beside it.

One process with many threads suits SQLite, whose writers wait for each other anyway. The
background worker ends with the server; when the server is killed, it notices by itself, and when
it is killed itself, it is started again. SIGHUP loads our code anew, and the old processes answer
until the new ones can. A client that stops half way holds no thread for ever.
`docs/operations.md` lists the settings read here.
"""

import contextlib
import ctypes
import errno
import gc
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
from functools import partial
from pathlib import Path

from gunicorn.workers.gthread import ThreadWorker

from matchmaking.config import Config, ConfigurationError
from matchmaking.core.logs import JsonLines

try:
    Config.from_env()
except ConfigurationError as fault:
    raise SystemExit(f"Gặp Gỡ cannot start: {fault}") from None

SHARED_FOLDER = "PROMETHEUS_MULTIPROC_DIR"  # prometheus-client reads it, too
LONGEST_HANDOVER_SECONDS = 90
M_ARENA_MAX, ONE = -8, 1  # from glibc's malloc.h
SELDOM = 10_000  # new objects between two collections; a request makes thousands, few in circles
CLIENT_SECONDS = int(os.environ.get("CLIENT_SECONDS") or 15)


class PatientSocket(socket.socket):
    """Gives a client up that neither sends nor takes a byte for so long, as if it had hung up."""

    def setblocking(self, flag):
        self.settimeout(CLIENT_SECONDS if flag else 0)

    def recv(self, *arguments):
        return self._or_hung_up(super().recv, *arguments)

    def sendall(self, *arguments):
        return self._or_hung_up(super().sendall, *arguments)

    @staticmethod
    def _or_hung_up(act, *arguments):
        try:
            return act(*arguments)
        except TimeoutError:
            raise ConnectionResetError(errno.ECONNRESET, "the client stopped half way") from None


class PatientWorker(ThreadWorker):
    """Sent away by a reload, it goes on until its successors are ready."""

    is_leaving = False

    def enqueue_req(self, conn):
        if not isinstance(conn.sock, PatientSocket):
            conn.sock = PatientSocket(fileno=conn.sock.detach())
        super().enqueue_req(conn)

    def handle_exit(self, sig, frame):
        if self.age > _age_at_reload():
            super().handle_exit(sig, frame)
        elif not self.is_leaving:  # gunicorn says it again every second
            self.is_leaving = True
            threading.Thread(target=self._hand_over, daemon=True).start()

    def _hand_over(self):
        end = time.monotonic() + LONGEST_HANDOVER_SECONDS
        while _count_of_successors() < self.cfg.workers and time.monotonic() < end:
            time.sleep(0.1)
        super().handle_exit(None, None)


wsgi_app = "wsgi:app"
bind = os.environ.get("BIND") or f"127.0.0.1:{os.environ.get('PORT', '8000')}"
worker_class = PatientWorker
workers = int(os.environ.get("WEB_PROCESSES") or 1)
threads = int(os.environ.get("WEB_THREADS") or 32)
timeout = 60
graceful_timeout = 20
loglevel = "warning"
control_socket_disable = True
limit_request_line = 8190
# Who asked and how is believed by TRUSTED_PROXIES alone; to gunicorn's mind this machine may say all.
secure_scheme_headers = {}
forwarder_headers = ""


def on_starting(server):
    """A folder the processes share: what they counted, and who is ready."""
    server.folder = tempfile.mkdtemp(prefix="gap-go-")
    os.environ[SHARED_FOLDER] = server.folder
    _log_lines(server)
    server.beside, server.leaving = None, []
    server.manage_workers = partial(_manage, server, server.manage_workers)


def when_ready(server):
    server.beside = _background_worker()
    print(f"\n  Gặp Gỡ: http://{bind}    (Ctrl+C ends it)\n", flush=True)


def post_fork(server, worker):
    """Let go of what the master has loaded of ours: after SIGHUP it is the old code."""
    for name in [name for name in sys.modules if name.partition(".")[0] == "matchmaking"]:
        del sys.modules[name]
    _keep_one_heap()
    gc.disable()  # while all is loaded that stays anyway


def _keep_one_heap():
    """Threads would else have sixteen heaps between them, each with room it never gives back."""
    with contextlib.suppress(AttributeError):  # not every C library knows it
        ctypes.CDLL(None).mallopt(M_ARENA_MAX, ONE)


def post_worker_init(worker):
    gc.freeze()  # the code stays for good: no collection need look through it
    gc.set_threshold(SELDOM)
    gc.enable()
    _shared(f"ready-{worker.age}").touch()


def on_reload(server):
    """The background worker finishes what it has in hand while its successor begins."""
    _log_lines(server)
    _shared("reloaded").write_text(str(server.worker_age))
    if server.beside:
        server.beside.terminate()
        server.leaving.append(server.beside)
        server.beside = _background_worker()


def on_exit(server):
    workers = [worker for worker in [server.beside, *server.leaving] if worker]
    for worker in workers:
        worker.terminate()
    for worker in workers:
        worker.wait()
    shutil.rmtree(server.folder, ignore_errors=True)


def _shared(name):
    return Path(os.environ[SHARED_FOLDER]) / name


def _age_at_reload():
    """The age (a number that rises) of the youngest process before the last reload."""
    mark = _shared("reloaded")
    return int(mark.read_text()) if mark.exists() else 0


def _count_of_successors():
    ready = _shared("").glob("ready-*")
    return sum(int(mark.name.partition("-")[2]) > _age_at_reload() for mark in ready)


def _log_lines(server):
    """gunicorn's own words in the form of the application's."""
    for handler in server.log.error_log.handlers:
        handler.setFormatter(JsonLines())


def _manage(server, manage_workers):
    """What gunicorn does every second and whenever a process ends, for the one beside it too."""
    manage_workers()
    server.leaving = [worker for worker in server.leaving if worker.poll() is None]
    if server.beside and server.beside.poll() is not None:
        server.beside = _background_worker()


def _background_worker():
    if os.environ.get("BACKGROUND_WORKER", "1") != "1":
        return None
    return subprocess.Popen([sys.executable, "-m", "flask", "worker"])
