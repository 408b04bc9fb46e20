"""What a first visit weighs: the page of the sign-in with everything that it asks for."""

import re
from typing import Any

from bench.load import Browser, Request
from bench.servers import Server

ASSET = re.compile(r"""(?:href|src)="(/static/[^"#]+)|url\(["']?(/static/[^"')#]+)|from\s*["']\./([^"']+)""")


def of_first_visit(server: Server) -> dict[str, Any]:
    """Requests and bytes as sent, headers left out: the page, its style, scripts, icons and what those ask for."""
    browser, sizes, waiting = Browser(server), {}, ["/login"]
    while waiting:
        path = waiting.pop()
        if path in sizes:
            continue
        answer = browser.must(Request(path))
        sizes[path] = len(answer.body)
        text = answer.content.decode(errors="replace")
        waiting += ["".join(found[:2]) or f"/static/{found[2]}" for found in ASSET.findall(text)]
    return {"requests": len(sizes), "bytes": sum(sizes.values()), "sizes": sizes}
