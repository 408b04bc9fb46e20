"""In the example a few letters without their marks find people, villages and the commune of before."""

import re

import pytest

from portal.organisation.demo_accounts import DEMO_PASSWORD


def found(example, words, by="police_chief"):
    """Names and numbers of the rows that the list of cases finds, whatever their state."""
    client = example.test_client()
    assert client.post("/login", data={"username": by, "password": DEMO_PASSWORD}).status_code == 302
    page = client.get("/cases/", query_string={"q": words, "show": "closed"}).text
    page += client.get("/cases/", query_string={"q": words}).text
    return page[page.index("<main") :]


@pytest.mark.parametrize(
    ("words", "who"),
    [
        ("dang", "Đặng Văn Luyến"), ("dang van", "Đặng Văn Luyến"), ("ĐẶNG VĂN", "Đặng Văn Luyến"),
        ("po y", "Nguyễn Công Trứng"), ("Pờ Y", "Y Blưm"), ("bac phong", "Hồ Công Nghị"), ("dak me", "A Klêng"),
        ("2026-00", "Y Hlim"),
    ],
)  # fmt: skip
def test_a_case_is_found_by_name_village_number_and_the_commune_that_took_it_on(example, words, who):
    assert who in found(example, words)


def test_what_was_taken_on_since_the_merger_is_not_found_by_the_name_of_before(example):
    assert "Hồ Công Nghị" not in found(example, "po y")
    assert "Y Hlim" not in found(example, "bac phong")


def test_whoever_may_not_read_a_name_does_not_find_it_by_the_village(example):
    page = found(example, "bac phong", by="military_command")
    assert not re.search("Hồ Công Nghị|Name withheld|Tên được che", page)
