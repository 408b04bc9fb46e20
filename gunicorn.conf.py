"""How gunicorn serves the portal: `gunicorn --config gunicorn.conf.py wsgi:app`.

HOST and PORT come from the environment. Two processes with four threads each; none loads the
application before it is forked, since a database connection must not cross a fork. There is no
access log: addresses of pages name people's records.
"""

import gc
import os
import socket
import sys

host, port = os.environ.get("HOST", "127.0.0.1"), os.environ.get("PORT", "8000")
if not (port.isdecimal() and 0 < int(port) < 2**16):
    sys.exit(f"PORT must be a number from 1 to 65535, not {port!r}.")

bind = f"{host}:{port}"
worker_class = "gthread"
workers = 2
threads = 4
timeout = 60
graceful_timeout = 30
max_requests = 5000
max_requests_jitter = 500
preload_app = False
worker_tmp_dir = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
accesslog = None
errorlog = "-"
loglevel = "warning"
control_socket_disable = True


def on_starting(server):
    """End with one plain line where nobody can listen; a master that replaces itself holds the socket already."""
    if "GUNICORN_PID" in os.environ or "LISTEN_FDS" in os.environ:
        return
    try:
        family, kind, *_, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind) as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            trial.bind(address)
    except OSError as error:
        sys.exit(f"The portal cannot listen on {bind}: {error}. Choose another port, for example:  PORT=8001 make run")


def post_worker_init(worker):
    """Leave what was loaded out of every later search for garbage; say once that the portal is open."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 20, 20)  # a page makes some ten thousand objects, and most of them go by themselves
    if worker.age == 1:
        print(f"The portal is open at http://{bind} (Ctrl+C stops it)", flush=True)
