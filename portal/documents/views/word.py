"""A paper as a file that an office program opens."""

from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Any

from flask import send_file

from portal.documents.paper import Paper


def sent(paper: Paper, name: str, rows: Sequence[Mapping[str, str]] | None = None) -> Any:
    """Answer with the paper, to be kept under a name, or with one for each of some rows: drafts say so in it."""
    from portal.documents import layout  # eight megabytes, which a worker holds only once somebody prints

    file = BytesIO(layout.written(paper) if rows is None else layout.filled(paper, rows))
    return send_file(file, layout.MEDIA_TYPE, as_attachment=True, etag=False, download_name=f"{name}.docx")
