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
