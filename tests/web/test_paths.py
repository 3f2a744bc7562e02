import re
from urllib.parse import unquote

import pytest

from matchmaking.web.paths import own_path


@pytest.mark.parametrize(
    "path", ["/", "/organize/gap-go-han-quoc-2026?q=nguy%E1%BB%85n#top", "/a/b"]
)
def test_path_of_this_site_is_kept(path):
    assert own_path(path) == path


@pytest.mark.parametrize(
    "path",
    [
        None, "", "organize", "https://example.org/", "//example.org", "/\\example.org", "\\\\example.org",
        "/\t/example.org", "/a\nb", "javascript:alert(1)", "/" + "a" * 300,
    ],
)  # fmt: skip
def test_anything_else_is_dropped(path):
    assert own_path(path) == ""


@pytest.mark.parametrize("path", ["//example.org/a", "///example.org", "/%5Cexample.org", "/%5C/b"])
def test_page_that_is_not_there_leads_to_no_other_site(visitor, path):
    answer = visitor.get("/", environ_overrides={"PATH_INFO": unquote(path)})

    assert answer.status_code == 404
    links = re.findall(r'href="([^"]*lang=[^"]*)"', answer.text)
    assert len(links) == 2
    assert [link for link in links if re.match(r"/[/\\]", link)] == []
