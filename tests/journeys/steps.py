"""Steps that several journeys share: each on a person of its own, so that none stands in another's way."""

import re

from tests.journeys.conftest import days_ago, written

PERSON = "Đinh Thị Hoàng Mai"


def write_file_down(officer, name=PERSON, received=1):
    """The officer writes a suspended sentence down that came some days ago, and proposes that it be opened."""
    officer.go("/cases/new")
    officer.write(
        type="Suspended sentence", full_name=name, birth_year="1990", village_id="thôn Bắc Phong",
        judgment_number="51/2026/HS-ST", court="TAND khu vực", offence="Đánh bạc", prison_months="12",
        received_on=written(days_ago(received)), starts_on=written(days_ago(received + 19)), term_months="24",
    )  # fmt: skip
    officer.press("Save as a draft")
    officer.write(officer_id="Võ Hữu Thanh", reason="Đã nhận đủ hồ sơ")
    officer.press("Save the draft")
    officer.press("Submit for approval")
    return officer.path


def decide(visitor, path, decision):
    """Straight from its address: choose, then sign."""
    visitor.go(path)
    visitor.decide(decision)
    visitor.press(f"Sign: {decision}")


def open_and_assign(officer, chief, name=PERSON, **more):
    """The chief opens the file, by which the officer whom it names is asked and accepts; gives the case's address."""
    decide(chief, write_file_down(officer, name, **more), "Approve")
    chief.follow("Open the case")
    case = chief.path
    officer.go("/")
    officer.follow(re.compile(f"{name}: you are asked to take this on"))
    officer.press("Accept the assignment")
    assert officer.path == case
    return case
