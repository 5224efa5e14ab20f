"""The reports of a thousand organisations keep their price, and the pages that show them their weight."""

import pytest
import reports


@pytest.mark.serial
def test_a_thousand_organisations_with_five_reports_each_cost_five_seconds_at_most(tmp_path):
    """Of processor time; half of the reports have answers for each principle. No page is heavier than others
    may be."""
    assert reports.measure(tmp_path, runs=3, quick=False).missed == ()


@pytest.mark.long
def test_a_small_register_with_reports_is_measured(tmp_path):
    found = reports.measure(tmp_path, runs=1, quick=True)
    assert found.found["cost"] > 0
    assert "The heaviest page is" in found.text
