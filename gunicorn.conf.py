"""How gunicorn serves the portal: `gunicorn --config gunicorn.conf.py wsgi:app`.

HOST and PORT come from the environment. Two processes with four threads each, forked from one that
has loaded the application and asked the database nothing, since a connection must not cross a fork.
There is no access log: addresses of pages name people's records.
"""

import gc
import os
import socket
import sys

from sqlalchemy import create_engine, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from portal.config import database_url, in_words, instance_path, is_loopback, trusted_hosts
from portal.engine.chain import is_of_these_keys
from portal.engine.keys import keys_differ

host, port = os.environ.get("HOST", "127.0.0.1"), os.environ.get("PORT", "8000")
if not (port.isdecimal() and 0 < int(port) < 2**16):
    sys.exit(in_words("PORT must be a number from 1 to 65535, not %(port)s.", port=repr(port)))

database_url(instance_path())  # ends here for a database of another kind: each process would end so, and be replaced

bind = f"{host}:{port}"
worker_class = "gthread"
workers = 2
threads = 4
limit_request_line = 8190  # the most it takes: a longer line never reaches the portal's own page of what is too long
timeout = 60
graceful_timeout = 30
max_requests = 5000
max_requests_jitter = 500
preload_app = True
worker_tmp_dir = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
accesslog = None
errorlog = "-"
loglevel = "warning"
control_socket_disable = True


def holds_demo_accounts():
    """Ask the database itself, over a connection that is closed before anything is forked."""
    engine = create_engine(database_url(instance_path()))
    try:
        with engine.connect() as connection:
            return connection.execute(text('SELECT 1 FROM "user" WHERE demo LIMIT 1')).first() is not None
    except SQLAlchemyError:
        return False  # no database yet, or none of this portal's: the workers will say what is wrong
    finally:
        engine.dispose()


def end_with_other_keys(app):
    """End where the keys are not those of the database: every event from now on would break the audit trail."""
    engine = create_engine(database_url(instance_path()))
    try:
        with app.app_context(), Session(engine) as session:
            fit = is_of_these_keys(session)
    except SQLAlchemyError:
        return  # as above
    finally:
        engine.dispose()
    if not fit:
        sys.exit(keys_differ())


def reached_at(server):
    """Where others than this machine could come in: by what the server listens on, or by the names of the site."""
    listens = [one[0] for one in server.address if isinstance(one, tuple)]
    return sorted({place for place in (*listens, *trusted_hosts()) if not is_loopback(place)})


def on_starting(server):
    """End with one plain line where nobody may listen, or can; a master that replaces itself holds the socket."""
    if (places := reached_at(server)) and holds_demo_accounts():
        sys.exit(in_words(
            "This portal holds the example, whose passwords everybody knows: it is not served at %(places)s. Leave "
            "HOST and PORTAL_HOSTS out to serve this machine alone, or take another folder for real data, for "
            "example:  PORTAL_INSTANCE=/var/lib/portal DEMO=0 make run", places=", ".join(places)))  # fmt: skip
    end_with_other_keys(server.app.wsgi())
    if "GUNICORN_PID" in os.environ or "LISTEN_FDS" in os.environ:
        return
    try:
        family, kind, *_, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind) as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            trial.bind(address)
    except OSError as error:
        sys.exit(in_words("The portal cannot listen on %(place)s: %(why)s. Choose another port, for example:  "
                          "PORT=8001 make run", place=bind, why=error))  # fmt: skip


def when_ready(server):
    """Load what workers share, and leave it out of every later search for garbage, which would write into it."""
    load = getattr(server.app.wsgi(), "extensions", {}).get("preload")
    if load:
        load()
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 20, 20)  # a page makes some ten thousand objects, and most of them go by themselves


def post_worker_init(worker):
    """Say once that the portal is open."""
    if worker.age == 1:
        print(in_words("The portal is open at http://%(place)s (Ctrl+C stops it)", place=bind), flush=True)
