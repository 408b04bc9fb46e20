"""Pages that count for long: they tell how far it has come, as long as it takes.

Work is given a moment. Done by then, its page is answered like any other. Else the answer begins with the frame of the
page and says step by step how far the work is, in words that vanish as soon as the page itself follows in the same
answer. So nothing is kept between two requests, and no script is needed.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Generic, TypeVar

from flask import Response, get_template_attribute, render_template
from flask.globals import app_ctx, request_ctx

MOMENT = 0.8  # seconds that somebody waits without being told
BETWEEN = 0.4  # seconds from one word about it to the next
FRAME = '<main class="page" id="main" tabindex="-1">'  # up to here a page is the same before and after

Each = TypeVar("Each")
Result = TypeVar("Result")


class Work(Generic[Each, Result]):
    """Something done to each of some things, one after the other; *results* grow on the way."""

    def __init__(self, things: Sequence[Each], do: Callable[[Each], Result]) -> None:
        self.things, self.do = things, do
        self.results: list[Result] = []

    def __iter__(self) -> Iterator[None]:
        for thing in self.things[len(self.results) :]:
            self.results.append(self.do(thing))
            yield

    @property
    def done(self) -> int:
        return len(self.results)

    @property
    def whole(self) -> int:
        return len(self.things)

    def finished(self) -> list[Result]:
        """All results; what is left to do is done first."""
        for _step in self:
            pass
        return self.results


class InTurn:
    """Several works that are waited for as one: a later one may use what an earlier one found."""

    def __init__(self, *works: Work[Any, Any]) -> None:
        self.works = works

    def __iter__(self) -> Iterator[None]:
        for work in self.works:
            yield from work

    @property
    def done(self) -> int:
        return sum(work.done for work in self.works)

    @property
    def whole(self) -> int:
        return sum(work.whole for work in self.works)


def page_after(work: Work[Any, Any] | InTurn, page: Callable[[], str], title: Any) -> str | Response:
    """What *page* draws once the work is done, a page behind the sign-in; until then, if that takes long, how far it
    has come, under a *title*."""
    steps = iter(work)
    if all(_until(steps, time.monotonic() + MOMENT)):
        return page()
    answer = Response(_told(work, steps, page, title), mimetype="text/html")
    _stay_within(answer)
    return answer


def _stay_within(answer: Response) -> None:
    """Keep the request and its database session until the answer is sent: what was loaded for it is still read.

    Flask's own way for streams would end both once the view returns, and begin them anew.
    """
    ends = request_ctx.pop, app_ctx.pop
    app_ctx.push()
    request_ctx.push()
    for end in ends:
        answer.call_on_close(end)


def _until(steps: Iterator[None], end: float) -> Iterator[bool]:
    """Go on until a moment; the last is false if that came before the end of the work."""
    for _step in steps:
        yield time.monotonic() < end
        if time.monotonic() >= end:
            return


def _told(work: Work[Any, Any] | InTurn, steps: Iterator[None], page: Callable[[], str], title: Any) -> Iterator[str]:
    words = get_template_attribute("components/waiting.html", "words")
    yield "".join(render_template("waiting.html", title=title).partition(FRAME)[:2])
    yield words("begin", title, work.done, work.whole)
    try:
        for _step in _now_and_then(steps):
            yield words("step", title, work.done, work.whole)
        drawn = page()
    except Exception:
        yield words("failed", title)
        raise
    yield words("end", title)
    yield drawn.partition(FRAME)[2]


def _now_and_then(steps: Iterator[None]) -> Iterator[None]:
    said = time.monotonic()
    for step in steps:
        if time.monotonic() - said > BETWEEN:
            said = time.monotonic()
            yield step
