"""The server settings of the portal, without what it asks of its own database before it starts: for what is no portal."""

import runpy
from pathlib import Path

_PORTAL = runpy.run_path(str(Path(__file__).parent.parent / "gunicorn.conf.py"))
globals().update({name: one for name, one in _PORTAL.items() if name != "on_starting" and not name.startswith("__")})
