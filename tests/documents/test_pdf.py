import pytest
from weasyprint import HTML

from matchmaking.documents.press import ForbiddenAddress, PaperFetcher


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/passwd",
        "http://127.0.0.1:1/x.png",
        "https://example.com/x.png",
        "ftp://example.com/x",
        "data:text/html,x",
        "font:../../../../etc/passwd",
        "paper:x",
    ],
)
def test_documents_reach_neither_the_disk_nor_the_network(address):
    with pytest.raises((ForbiddenAddress, KeyError)):
        PaperFetcher().fetch(address)


def test_file_named_in_a_page_is_not_part_of_its_pdf(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("a secret of this machine")
    page = f'<link rel="attachment" href="{secret.as_uri()}"><img src="{secret.as_uri()}">x'

    pdf = HTML(string=page, url_fetcher=PaperFetcher()).write_pdf(uncompressed_pdf=True)

    assert b"a secret of this machine" not in pdf
