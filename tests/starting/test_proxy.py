"""What the README tells the proxy agrees with the pages."""

import re
from pathlib import Path

README = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")


def test_the_proxy_of_the_readme_lets_files_through_to_every_page_that_takes_one_and_to_no_other(app):
    lets_through = re.search(r"location ~ (\S+) \{\s+# pages that take a file", README)[1]
    rules = [rule for rule in app.url_map.iter_rules() if "POST" in (rule.methods or ())]
    taking = {rule.rule for rule in rules if getattr(app.view_functions[rule.endpoint], "takes_a_file", False)}
    assert taking
    assert {rule.rule for rule in rules if re.search(lets_through, rule.rule)} == taking
