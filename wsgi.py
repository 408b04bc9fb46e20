"""What a server and `flask --app wsgi` import."""

from portal.app import create_app

app = create_app()
