"""What a public page costs someone who pays by the megabyte: its words and its style, as they go over the wire."""

import re

import pytest

from tests.installation import Installation

FOURTEEN_KB = 14 * 1024
THREE_KB = 3 * 1024
PUBLIC = ["", "sign-in/", "network/", "rights/violations/"]
STYLE = re.compile(rb'<link rel="stylesheet" href="([^"]+)"')


@pytest.mark.server
@pytest.mark.parametrize("language", ["fr", "ar"])
@pytest.mark.parametrize("path", PUBLIC)
def test_a_public_page_is_useful_within_14_kb(server: Installation, language: str, path: str) -> None:
    url = f"/{language}/{path}"
    plain = server.ask("GET", url)
    styles = [found.decode() for found in STYLE.findall(plain.content)]
    asked = [server.ask("GET", one, Accept_Encoding="br, gzip") for one in (url, *styles)]

    assert styles
    assert all(one.status == 200 and one.getheader("Content-Encoding") in {"gzip", "br"} for one in asked)
    assert sum(len(one.content) for one in asked) <= FOURTEEN_KB
    assert sum(len(one.content) for one in asked[1:]) <= THREE_KB
