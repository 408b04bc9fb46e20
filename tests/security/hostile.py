"""Values that people type by mistake, or to do harm.

*plain* says whether a text field may keep the value: it is odd, but it is a text. Whatever else a field is (a day, a
number, digits, a choice), it takes none of these. The suite tries one value of each kind in every field; with
HOSTILE=all it tries all of them.
"""

import os
from dataclasses import dataclass

MARK = "hostile"  # stands in every payload, so that a page can be searched for it


@dataclass(frozen=True)
class Value:
    kind: str
    text: str
    plain: bool = True


def _values(kind: str, *texts: str, plain: bool = True) -> tuple[Value, ...]:
    return tuple(Value(kind, text, plain) for text in texts)


# Not typed: the field is left out, or sent twice, what is right before this.
ABSENT, REPEATED = Value("absent", "", plain=False), Value("repeated", f"<b>{MARK}</b>", plain=False)

VALUES: tuple[Value, ...] = (
    *_values("empty", "", " ", "\n\n", "\u00a0", "\u200b", plain=False),
    *_values("decomposed", "Nguye\u0302\u0303n Va\u0306n A", "Đặng", "\u00d0ặng", "Nguyễn", "ｈｏｓｔｉｌｅ", "ﬁ"),
    *_values("hidden", "Trần\u200bVăn\u200d An", "Trần\u202eVăn\u202c An", "\u2066Trần\u2069", "\ufeffTrần",
             "Tr\u00adần", "Tr\U000e0041ần"),
    *_values("control", "Trần\x00Văn", "\x00", "\x1b[2J", "\x07", "\x7f", "\x85hostile", plain=False),
    *_values("not text", "a\ufffeb", "a\uffffb", "a\U0001fffeb", "a\ue000b", "a\ufffdb", plain=False),
    *_values("marks", "a" + "\u0301" * 200, "Z" + "\u0310\u0320" * 30 + "algo", plain=False),
    *_values("long", "x" * 100_000, "Nguyễn " * 5_000, "0" * 5_000, "9" * 4_400, plain=False),
    *_values("digits", "٣٤٥", "²³", "１２", "१२", "Ⅻ", "½"),
    *_values("number", "1e309", "NaN", "Infinity", "-0.5", str(2**63), "1.5", "0x1F", "1_000", "10" + "0" * 400, "--1"),
    *_values("day", "31/02/2026", "2024-02-30", "0000-00-00", "31/04/2024", "10000-01-01", "01/01/0001", "31/12/9999",
             "1/1/26", "25:61", "32/13/2026", "01/01/1899", "01/01/2201"),
    *_values("sql", "' OR 1=1 --", '" OR ""="', "'; DROP TABLE user; --", "/* hostile */", "1; SELECT pg_sleep(9)",
             "' UNION SELECT 1 --", "x' AND randomblob(999999999) --"),
    *_values("like", "%", "_", "\\", "%_%_%_%", "[a-z]*"),
    *_values("html", f"<script>{MARK}</script>", f'"><img src=x onerror={MARK}()>', f"<!-- {MARK}", f"'-{MARK}-'",
             f"</textarea><script>{MARK}</script>", f"</title><svg onload={MARK}()>", f"<a href=javascript:{MARK}()>"),
    *_values("address", f"javascript:{MARK}()", "//evil.example", "/\\evil.example", "https://evil.example/",
             "data:text/html,hostile", "http://[", "/\t/evil.example"),
    *_values("template", "{{ 7*7 }}", "{% raw %}", "${7*7}", "#{7*7}", "<%= 7*7 %>", "{{ config }}"),
    *_values("format", "%s%s%n", "%(hostile)s", "{0}", "{__class__}", "%d" * 20),
    *_values("lines", "a\r\nSet-Cookie: hostile=1", "a\nb", "a%0d%0ab"),
    *_values("path", "../../etc/passwd", "..\\..\\hostile", "/dev/null", "CON", "file:///etc/passwd"),
    *_values("formula", "=1+1", "+1", "-1+hostile", "@SUM(1)", "\t=1+1", "=cmd|' /C calc'!A0"),
    *_values("markup", "</w:t></w:r>", "<?xml version='1.0'?>", "<![CDATA[", "&lt;hostile&gt;", "&amp;amp;",
             "_x000D_"),
    *_values("program", "$(hostile)", "`hostile`", "| hostile", "!!python/object:x", "[]", '{"a": {"b": 1}}', "null"),
    *_values("ids", "0", "-1", str(2**31), str(2**64), "1 ", "1e1", "None", "undefined", "true"),
)  # fmt: skip

# What of it is tried in the fields of each kind, so that the suite stays short.
AS_TEXT = {"empty", "decomposed", "control", "not text", "marks", "long", "sql", "html", "template", "lines", "formula"}
FITTING = {
    "line": AS_TEXT,
    "text": AS_TEXT,
    "day": {"empty", "control", "long", "digits", "day", "sql"},
    "digits": {"empty", "control", "long", "digits", "number", "html"},
    "amount": {"empty", "control", "long", "digits", "number", "html"},
    "choice": {"empty", "html", "ids"},
    "hidden": {"empty", "long", "number", "html", "address"},
    "checkbox": {"html"},
    "password": {"empty", "control", "long", "sql"},
}
AGAIN = {"empty", "control", "html"}  # of that, what is tried where another form of a room asks for the same
SOME = tuple({value.kind: value for value in reversed(VALUES)}.values())
ALL = os.environ.get("HOSTILE") == "all"


def values_for(kind: str, *, again: bool = False) -> tuple[Value, ...]:
    """What is tried in a field of this kind; *again*: another form of its room asks for the same."""
    if ALL:
        return VALUES
    wanted = FITTING[kind] & AGAIN if again else FITTING[kind]
    return tuple(value for value in SOME if value.kind in wanted)
