import socket

import pytest
from support.serving import Answer, serving

from portal.system.download import DownloadError, download, is_url


@pytest.fixture
def waits(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Return the seconds that would have been waited between attempts."""
    seconds: list[float] = []
    monkeypatch.setattr("portal.system.download.time.sleep", seconds.append)
    return seconds


def reason(url: str, max_bytes: int = 5_000_000) -> str:
    with pytest.raises(DownloadError) as caught:
        download(url, max_bytes)
    return str(caught.value)


@pytest.mark.parametrize(
    ("answers", "message", "waited"),
    [
        ([(404, {}, b"")], "máy chủ trả lời lỗi 404", []),
        ([(500, {}, b"")] * 3, "máy chủ trả lời lỗi 500", [2.0, 4.0]),
        ([(200, {}, b"x" * 5_000_001)], "tệp lớn hơn 5 MB", []),
        ([(302, {"Location": "http://example.vn/a"}, b"")], "chỉ tải từ địa chỉ https://", []),
        (
            [(200, {"Content-Length": "9"}, b"half")] * 3,
            "đã thử 3 lần, tệp tải về bị đứt giữa chừng",
            [2.0, 4.0],
        ),
    ],
)
def test_a_bad_answer_is_an_error_with_its_reason(
    waits: list[float], answers: list[Answer], message: str, waited: list[float]
) -> None:
    with serving(*answers) as url:
        assert reason(url) == message
    assert waits == waited


def test_a_broken_download_is_tried_again(waits: list[float]) -> None:
    with serving((200, {"Content-Length": "9"}, b"half"), (200, {}, b"whole")) as url:
        assert download(url, 10) == b"whole"


def test_a_redirect_on_this_machine_is_followed() -> None:
    with serving((200, {}, b"there")) as there, serving((302, {"Location": there}, b"")) as url:
        assert download(url, 10) == b"there"


def test_nobody_answers(waits: list[float]) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    assert reason(f"http://127.0.0.1:{port}/") == "đã thử 3 lần, không kết nối được với máy chủ"


def test_silence_ends(waits: list[float], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("portal.system.download.TIMEOUT", 0.05)
    with socket.create_server(("127.0.0.1", 0)) as mute:
        url = f"http://127.0.0.1:{mute.getsockname()[1]}/"
        assert reason(url) == "đã thử 3 lần, máy chủ không trả lời trong 0.05 giây"


def test_a_steady_drip_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("portal.system.download.DEADLINE", -1)
    with serving((200, {}, b"drop")) as url:
        assert reason(url) == "tải quá -1 giây chưa xong"


def test_an_address_in_vietnamese_is_asked_for_in_ascii() -> None:
    asked: list[str] = []
    with serving((200, {}, b"x"), asked=asked) as url:
        assert download(url.replace("so-lieu", "số liệu%20mới") + "?tháng=6&b=1", 10) == b"x"
    assert asked == ["/s%E1%BB%91%20li%E1%BB%87u%20m%E1%BB%9Bi.csv?th%C3%A1ng=6&b=1"]


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("http://example.vn/a.csv", "chỉ tải từ địa chỉ https://"),
        ("https://[", "địa chỉ web viết sai"),
        ("https://a:b/", "địa chỉ web viết sai"),
        (f"https://{'a' * 64}.vn/", "địa chỉ web viết sai"),
    ],
)
def test_an_address_that_may_not_be_asked_for(url: str, message: str) -> None:
    assert is_url(url)
    assert reason(url) == message


def test_a_path_is_no_address() -> None:
    assert not is_url("so-lieu.csv")
    assert not is_url("file:///etc/passwd")
