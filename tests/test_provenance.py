from pathlib import Path

from portal.library.library import load_library
from portal.library.provenance import Citation, citations, date_range, spoken_date, spoken_month


def test_sources_are_followed_from_fact_to_address(project: Path) -> None:
    library = load_library(project)
    assert citations(library.guides[0], library.facts) == (
        Citation("Xã Ea Phê", "https://eaphe.example.vn/x", "2024-01-03"),
    )


def test_date_range_takes_any_precision_and_skips_unknown() -> None:
    cited = tuple(Citation("a", "u", date) for date in ("2024-07", "", "2024-01-03", "2024?"))
    assert date_range(cited) == ("2024-01-03", "2024-07")
    assert date_range(()) == ("", "")


def test_dates_are_said_with_the_precision_they_have() -> None:
    spoken = [spoken_date(date) for date in ("2024-07-01", "2024-07", "2024")]
    assert spoken == ["1/7/2024", "tháng 7/2024", "2024"]
    spoken = [spoken_month(date) for date in ("2024-07-01", "2024-07", "2024")]
    assert spoken == ["tháng 7/2024", "tháng 7/2024", "năm 2024"]


def test_weak_sources_are_named_but_not_linked(project: Path) -> None:
    facts = project / "data/facts.yml"
    facts.write_text(facts.read_text().replace("kind: cơ quan", "kind: khác"))
    library = load_library(project)
    assert citations(library.guides[0], library.facts) == (Citation("Xã Ea Phê", "", "2024-01-03"),)
