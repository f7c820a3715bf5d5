import pytest

from portal.language.claims import ClaimKind, bare_numbers, coarser_dates, iso_values, read_claims


@pytest.mark.parametrize(
    ("text", "kind", "values"),
    [
        ("Nghị định 69/2024/NĐ-CP", ClaimKind.LAW, ("69/2024/NĐ-CP",)),
        ("Công văn 623/TTg-KSTT", ClaimKind.LAW, ("623/TTg-KSTT",)),
        ("Luật số 148/2025/QH15", ClaimKind.LAW, ("148/2025/QH15",)),
        ("Luật Thương mại điện tử", ClaimKind.LAW, ("Luật Thương mại",)),
        ("ngày 01/07/2025", ClaimKind.DATE, ("1/7/2025",)),
        ("tháng 6/2026", ClaimKind.DATE, ("6/2026",)),
        ("năm 2024", ClaimKind.DATE, ("2024",)),
        ("10–20 nghìn đồng", ClaimKind.MONEY, ("10000", "20000")),
        ("10.000–20.000 đồng", ClaimKind.MONEY, ("10000", "20000")),
        ("5,2 tỷ đồng", ClaimKind.MONEY, ("5200000000",)),
        ("100 triệu đồng", ClaimKind.MONEY, ("100000000",)),
        ("83,95%", ClaimKind.SHARE, ("83.95",)),
        ("1900 0368", ClaimKind.PHONE, ("19000368",)),
        ("gọi 156", ClaimKind.PHONE, ("156",)),
        ("1.679 tổ", ClaimKind.AMOUNT, ("1679",)),
        ("03 ngày làm việc", ClaimKind.AMOUNT, ("3 ngày",)),
        ("8–20 ký tự", ClaimKind.AMOUNT, ("8 ký tự", "20 ký tự")),
    ],
)
def test_claims_have_one_form(text: str, kind: ClaimKind, values: tuple[str, ...]) -> None:
    assert [(claim.kind, claim.values) for claim in read_claims(text)] == [(kind, values)]


@pytest.mark.parametrize("text", ["ba cách", "bước 3", "VssID 4.0", "mức 2", "Luật ấy buộc"])
def test_what_has_no_unit_is_no_claim(text: str) -> None:
    assert list(read_claims(text)) == []


def test_bare_numbers_are_those_outside_claims() -> None:
    text = "Ở bước 3, gọi 1900 0368 trong 3 ngày, mã 123456."
    assert list(bare_numbers(text)) == [(7, "3"), (text.index("123456"), "123456")]


def test_a_date_says_its_month_and_year_too() -> None:
    assert coarser_dates("1/7/2024") == {"1/7/2024", "7/2024", "2024", "1/7"}
    assert iso_values("2024-07") == {"7/2024", "2024"}
    assert iso_values("") == {""}
