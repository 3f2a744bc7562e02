"""How gunicorn serves the application, and the background worker beside it.

One process with many threads suits SQLite, whose writers wait for each other anyway. The
worker ends with the server; when the server is killed, it notices by itself.
`docs/operations.md` lists the settings read here.
"""

import os
import subprocess
import sys

wsgi_app = "wsgi:app"
bind = os.environ.get("BIND") or f"127.0.0.1:{os.environ.get('PORT', '8000')}"
worker_class = "gthread"
workers = int(os.environ.get("WEB_PROCESSES", "1"))
threads = int(os.environ.get("WEB_THREADS", "32"))
timeout = 60
graceful_timeout = 20
loglevel = "warning"
control_socket_disable = True

beside = []


def when_ready(server):
    if os.environ.get("BACKGROUND_WORKER", "1") == "1":
        beside.append(subprocess.Popen([sys.executable, "-m", "flask", "worker"]))
    print(f"\n  Gặp Gỡ: http://{bind}    (Ctrl+C ends it)\n", flush=True)


def on_exit(server):
    for worker in beside:
        worker.terminate()
        worker.wait()
