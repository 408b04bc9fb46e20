"""Plain strings from which the pages of the floor are put together, as long as those of the portal."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from portal.law.rule import Due

ICONS = "/static/icons.be1fe0091bea.svg"
PLACES = ("today", "cases", "proposals", "calendar", "warning", "settings", "reports")


def icon(name: str) -> str:
    return f'<svg class="icon icon-{name}" aria-hidden="true"><use href="{ICONS}#{name}"/></svg>'


def shape(name: str, word: str = "") -> str:
    read_out = f'<span class="vh">{word}</span>' if word else ""
    return f'<svg class="shape shape-{name}" aria-hidden="true"><use href="{ICONS}#shape-{name}"/></svg>{read_out}'


GLYPH = '<svg class="glyph" viewBox="0 0 30 34" aria-hidden="true"><path d="M7.5 27 9.2 8.5 15 3.5V27Z" fill="currentColor"/><path class="glyph-2" d="M15 3.5 20.8 8.5 22.5 27H15Z"/><path d="M4 28.8h22V32H4Z" fill="currentColor"/></svg>'


def framed(frame: dict[str, Any], title: str, body: str) -> str:
    me = f"""<ul class="me-list"><li><a href="/account">{icon("settings")}Tài khoản của tôi</a></li>
  <li><a href="/account/sessions">{icon("device")}Nơi đang đăng nhập</a></li>
  <li><form method="post" action="/language"><input type="hidden" name="csrf_token" value="{frame["csrf"]}"><button name="locale" value="en">{icon("language")}<span lang="en">English</span></button></form></li>
  <li><form method="post" action="/logout"><input type="hidden" name="csrf_token" value="{frame["csrf"]}"><button>{icon("sign-out")}Đăng xuất</button></form></li></ul>"""
    count = (
        f'<span class="count{" urgent" if frame["late"] else ""}">{frame["count"]}<span class="vh"> việc</span></span>'
    )
    places = "".join(
        f'<li><a href="/{name}">{icon(name)}{name}{count if name == "today" else ""}</a></li>' for name in PLACES
    )
    tabs = "".join(f'<a href="/{name}">{icon(name)}{name}</a>' for name in PLACES[:4])
    return f"""<!doctype html>
<html lang="vi"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
<title>{title} – {frame["commune"]}</title><link rel="stylesheet" href="/static/portal.9f25db2e58c8.css"><script type="module" src="/static/portal.89cb2b3e1be4.js"></script></head>
<body data-idle="25" data-owner="{frame["name"]}"><a class="skip" href="#main">Đến nội dung chính</a><div class="app">
<header class="topbar"><a class="brand" href="/">{GLYPH}<span><b>{frame["commune"]}</b></span></a><a class="icon-btn" href="/cases/">{icon("search")}<span class="vh">Tìm</span></a>
<details class="menu"><summary class="icon-btn">{icon("person")}<span class="vh">Tài khoản {frame["name"]}</span></summary><div><b>{frame["name"]}</b><p class="sub">{frame["title"]}</p>{me}</div></details></header>
<nav class="rail" aria-label="Mục chính"><a class="brand" href="/">{GLYPH}<span><b>{frame["commune"]}</b></span></a>
<form class="find" role="search" action="/cases/">{icon("search")}<label class="vh" for="find">Tìm người, hộ, số văn bản</label><input id="find" name="q" type="search"></form>
<div class="places"><ul>{places}</ul></div><div class="me"><details><summary><span><b>{frame["name"]}</b>{frame["title"]}</span>{icon("down")}</summary><div>{me}</div></details></div></nav>
<main class="page" id="main" tabindex="-1">{body}</main><nav class="tabs">{tabs}</nav></div></body></html>"""


def sign_in_form(commune: tuple[str, str], demo: int) -> str:
    return f"""<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>Đăng nhập – {commune[0]}</title>
<link rel="stylesheet" href="/static/portal.9f25db2e58c8.css"></head><body class="bare-page"><header class="bare-band"><p class="brand">{GLYPH}
<span><b>{commune[0]}</b><small>{commune[1]}</small></span></p></header><main class="bare" id="main"><h1>Đăng nhập</h1>
<form method="post" action="/login"><input type="hidden" name="csrf_token" value="none"><div class="field"><label for="username">Tên đăng nhập</label>
<input id="username" name="username" required></div><div class="field"><label for="password">Mật khẩu</label><input id="password" name="password"
type="password" required></div><button class="btn btn-main">Đăng nhập</button></form>{"<p>demo</p>" if demo else ""}</main></body></html>"""


def option(id: int, name: str) -> str:
    return f'<option value="{id}">{name}</option>'


def row_of_list(
    id: int,
    name: str,
    about: str,
    kind: str,
    mark: tuple[str, str, str],
    percent: int,
    ends: date,
    ticks: Sequence[float],
    officer: str,
) -> str:
    lines = "".join(f'<line class="bar-tick" x1="{tick}%" x2="{tick}%" y1="9.5" y2="14"/>' for tick in ticks)
    return f"""<tr><th scope="row"><a href="/cases/{id}">{name}</a><span class="sub block">{about}</span></th><td class="short">{kind}</td>
<td class="full"><span class="next">{shape(mark[0], mark[0])}<b>{mark[1]}</b><span>{mark[2]}</span></span></td><td class="full progress">
<svg class="bar" aria-hidden="true"><rect class="bar-track" y="2" width="100%" height="6" rx="1"/><rect class="bar-used" y="2" width="{percent}%"
height="6" rx="1"/>{lines}</svg><span class="sub">{percent}%, đến {ends:%d/%m/%Y}</span></td><td class="desk-only">{officer}</td></tr>"""


def li(on: str, mark: str, title: str, text: str = "", source: str = "", url: str = "") -> str:
    link = f'<a href="{url}">{title}</a>' if url else title
    button = f'<div class="mark-action"><a class="btn btn-main" href="{url}">Ghi</a></div>' if url else ""
    return f"""<li class="mark"><div class="mark-day"><b>{on}</b></div><span class="mark-shape">{shape(mark, mark)}</span><div class="mark-body">
<h3>{link}</h3><p class="sub">{text}</p><p class="source">{source}</p></div>{button}</li>"""


def calendar_drawing(first: date, last: date, today: date, owed: Sequence[Due], handed: dict[str, str]) -> str:
    whole = max(1, (last - first).days)
    dots = []
    for due in owed:
        place = round(100 * (due.due_on - first).days / whole, 2)
        on = handed.get(due.due_on.replace(day=1).isoformat())
        if on is None and due.due_on < today:
            dots.append(
                f'<svg x="{place}%" y="73" width="1" height="12" overflow="visible"><path class="cal-missed" d="M-5 0H5V10H-5Z"/></svg>'
            )
        else:
            dots.append(f'<circle class="cal-{"done" if on else "later"}" cx="{place}%" cy="78" r="3"/>')
    return f"""<section class="section"><h2>Lịch thi hành án</h2><svg class="calendar" role="img"><title>{first:%d/%m/%Y} – {last:%d/%m/%Y}</title>
<rect class="cal-track" y="52" width="100%" height="14" rx="2"/>{"".join(dots)}</svg></section>"""


def marks_table(dues: Sequence[Due], state: dict[tuple[str, str], dict[str, Any]], today: date) -> str:
    lines = []
    for due in dues:
        duty = state.get((due.rule, due.period))
        text = f"Đã làm {duty['done_on']}" if duty and duty["done_on"] else f"{(due.due_on - today).days} ngày"
        lines.append(
            f'<tr><th scope="row">{due.due_on:%d/%m/%Y}</th><td class="full">{due.label}<span class="sub block">{text}</span></td><td class="full"><span class="source">{due.source}</span></td></tr>'
        )
    return f'<section class="section"><h2>Mốc và hạn</h2><table class="table cards"><tbody>{"".join(lines)}</tbody></table></section>'
