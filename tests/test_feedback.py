from urllib.parse import parse_qs, urlsplit

import pytest

from portal.library.feedback import FeedbackChannel, feedback_channel, feedback_faults

TITLE, ADDRESS = "Cài VNeID & kích hoạt", "https://kns.example.vn/cai"


def test_nothing_configured_is_no_channel() -> None:
    assert feedback_channel({"channel": "", "to": ""}) is None
    assert feedback_channel({}) is None


@pytest.mark.parametrize(
    ("kind", "to", "start"),
    [
        ("email", "to@kns.example.vn", "mailto:to@kns.example.vn?subject="),
        ("sms", "0912345678", "sms:0912345678?body="),
        ("zalo", "0912345678", "https://zalo.me/0912345678"),
        (
            "issue",
            "https://git.example.vn/x/y/issues/new",
            "https://git.example.vn/x/y/issues/new?",
        ),
    ],
)
def test_each_channel_opens_its_own_kind_of_link(kind: str, to: str, start: str) -> None:
    channel = feedback_channel({"channel": kind, "to": to})
    assert channel == FeedbackChannel(kind, to)
    labels = [link.label for link in channel.links(TITLE, ADDRESS)]
    assert labels == ["Có ích", "Chưa giúp được", "Báo chỗ cũ, chỗ sai"]
    assert all(link.url.startswith(start) for link in channel.links(TITLE, ADDRESS))


@pytest.mark.parametrize(
    ("kind", "to", "first"),
    [
        ("tel", "0912 345.678", "tel:0912345678"),
        ("zalo", "https://zalo.me/g/abc123", "https://zalo.me/g/abc123"),
        ("zalo", "0912 345 678", "https://zalo.me/0912345678"),
        (
            "issue",
            "https://git.example.vn/x/issues/new?template=gop-y.md",
            "https://git.example.vn/x/issues/new?template=gop-y.md&title=G%C3%B3p",
        ),
        (
            "issue",
            "https://git.example.vn/x/-/issues/new",
            "https://git.example.vn/x/-/issues/new?issue[title]=G%C3%B3p",
        ),
    ],
)
def test_addresses_are_taken_as_people_write_them(kind: str, to: str, first: str) -> None:
    channel = feedback_channel({"channel": kind, "to": to})
    assert channel
    assert channel.links(TITLE, ADDRESS)[0].url.startswith(first)


def test_message_names_the_page_and_its_address_and_nothing_leaks_into_the_link() -> None:
    link = FeedbackChannel("email", "a@b.vn").links(TITLE, ADDRESS)[2]
    fields = parse_qs(urlsplit(link.url).query)
    assert fields["subject"] == [f"Góp ý: {TITLE}"]
    assert fields["body"] == [
        f"Bài “{TITLE}” có chỗ cũ hoặc sai. Chỗ đó là: \n{ADDRESS}\n",
    ]


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"channel": "", "to": "a@b.vn"}, "'to' có ghi mà 'channel' để trống"),
        ({"channel": "sms", "to": "tổ"}, "'to' không hợp với kênh sms: 'tổ'"),
        ({"channel": "sms", "to": ""}, "'to' không hợp với kênh sms: ''"),
        (
            {"channel": "issue", "to": "javascript:x"},
            "'to' không hợp với kênh issue: 'javascript:x'",
        ),
        (
            {"channel": "email", "to": "a@b.vn?cc=x@y.vn"},
            "'to' không hợp với kênh email: 'a@b.vn?cc=x@y.vn'",
        ),
        ({"channel": "tel", "to": "0912 345.678"}, ""),
        ({}, ""),
    ],
)
def test_a_channel_that_cannot_work_is_refused(settings: dict[str, str], message: str) -> None:
    assert [each.message for each in feedback_faults(settings)] == ([message] if message else [])
