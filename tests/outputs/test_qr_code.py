"""An address becomes a QR code that a reader reads."""

import pytest

from charterpress.outputs.images import qr_code
from drawn_qr import decoded, modules

SITE = "https://good-partners.example/signatories/"


@pytest.mark.parametrize("length", [1, 12, 40, 60, 120])
def test_a_reader_finds_the_address(length):
    """In several sizes, up to one longer than any slug; and the same whatever was made before."""
    address = f"{SITE}{'quay-' * 30}"[: len(SITE) + length] + "/"
    code, _ = qr_code.code(address), qr_code.code(f"{SITE}b/")
    dark = modules(code.path)
    assert decoded(dark) == address
    assert {max(row for row, _ in dark), max(column for _, column in dark)} == {code.size - 1}
    assert qr_code.code(address) == code
