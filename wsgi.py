"""What a server and `flask --app wsgi` import."""

import gc

gc.disable()  # nothing of what is loaded here is let go of again: to look for it takes a quarter of the start

from portal.app import create_app  # noqa: E402

app = create_app()
gc.enable()
