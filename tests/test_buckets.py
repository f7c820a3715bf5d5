"""Publishing to real stores: moto's, and SeaweedFS behind nginx."""

from __future__ import annotations

import datetime
import http.client
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from botocore import auth, exceptions
from support.releases import release_of
from support.stores import make_bucket, moto_server, use_store

from desk.audit.store_server import BUCKET, store_server
from desk.publishing.store_errors import explain_answer, explain_failure
from desk.publishing.target import PublishError
from desk.publishing.targets import open_target

FILES = {
    "index.html": "<p>Chào bà con</p>",
    "index.html.gz": "gz",
    "index.html.br": "br",
    "guides/a/index.html": "<p>a</p>",
    "assets/0123456789/a.js": "1",
    "to-roi/a.pdf": "%PDF",
    "so-lieu/so-lieu.csv": "a,b",
    "so-lieu/so-lieu.csv.gz": "gz",
}


@pytest.fixture(scope="module")
def endpoint() -> Iterator[str]:
    with moto_server() as address:
        yield address


def headers_at(endpoint: str, path: str) -> tuple[int, str | None, str | None, str | None]:
    """Return what a reader gets: status, type, Cache-Control and Content-Encoding."""
    connection = http.client.HTTPConnection(urlsplit(endpoint).netloc)
    connection.request("GET", path)
    answer = connection.getresponse()
    names = ("Content-Type", "Cache-Control", "Content-Encoding")
    found = (answer.status, *map(answer.getheader, names))
    connection.close()
    return found


def test_a_store_serves_each_file_as_it_should(
    endpoint: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    use_store(monkeypatch, endpoint)
    make_bucket("cong-so")
    target = open_target("s3://cong-so/trang?folders=keys")
    first = release_of(tmp_path, FILES)
    # version.json, too; the page of a guide lies under two keys and is sent once.
    assert target.publish(first).files_sent == 6
    assert target.publish(first).files_sent == 0
    second = release_of(tmp_path, {**FILES, "guides/a/index.html": "<p>b</p>"})
    outcome = target.publish(second)
    version = (second.folder / "version.json").stat().st_size
    assert (outcome.release, outcome.files_sent, outcome.bytes_sent) == (
        second.name,
        2,
        8 + version,
    )
    assert target.roll_back().release == first.name
    forever = "public, max-age=31536000, immutable"
    html = (200, "text/html; charset=utf-8", "no-cache")
    root = "/cong-so/trang/"
    assert headers_at(endpoint, root + "index.html") == (*html, "gzip")
    assert headers_at(endpoint, root + "guides/a/index.html") == (*html, None)
    assert headers_at(endpoint, root + "guides/a/") == (*html, None)
    script = headers_at(endpoint, root + "assets/0123456789/a.js")
    assert script == (200, "text/javascript; charset=utf-8", forever, None)
    table = headers_at(endpoint, root + "so-lieu/so-lieu.csv")
    assert table == (200, "text/csv; charset=utf-8", "no-cache", None)
    assert headers_at(endpoint, root + "index.html.br")[0] == 404


def test_what_is_wrong_with_a_store_is_said_in_words(
    endpoint: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    release = release_of(tmp_path, {"index.html": "<p>"})

    def said(address: str, endpoint: str = endpoint, **environment: str) -> str:
        use_store(monkeypatch, endpoint, **environment)
        with pytest.raises(PublishError) as error:
            open_target(address).publish(release)
        return str(error.value)

    assert said("s3://khong-co") == (
        "kho không có thùng chứa (bucket) tên 'khong-co'\n"
        "    Cách sửa: tạo nó theo deploy/object-store.md, hoặc sửa tên trong TO"
    )
    assert said("s3://cổng-số") == (
        "'cổng-số' không thể là tên thùng chứa (bucket)\n    Cách sửa: sửa tên trong TO"
    )
    assert said("s3://cong-so", "http://127.0.0.1:1") == (
        "không kết nối được tới kho, hoặc mạng đứt giữa chừng\n"
        "    Cách sửa: kiểm tra mạng và AWS_ENDPOINT_URL_S3 rồi chạy lại: "
        "phần đã gửi không phải gửi lại"
    )
    assert said("s3://cong-so", AWS_PROFILE="khac").startswith("không có hồ sơ (profile)")


ADDRESS = (
    "    Cách sửa: viết như s3://ten-thung-chua "
    "hoặc 's3://ten-thung-chua/thu-muc?compression=copies'"
)


@pytest.mark.parametrize(
    "address",
    [
        "s3://",
        "s3:///a",
        "s3://khoa:bi-mat@a",
        "s3://a?b=c",
        "s3://a?folders=x",
        "s3://a?x",
        "s3://[",
        "s3://a?endpoint=ftp://b",
    ],
)
def test_an_address_that_is_not_whole_is_refused(address: str) -> None:
    with pytest.raises(PublishError) as error:
        open_target(address)
    assert str(error.value) == f"không hiểu TO='{address}'\n{ADDRESS}"


def test_an_unknown_compression_is_refused() -> None:
    with pytest.raises(PublishError) as error:
        open_target("s3://a?compression=zip")
    assert str(error.value) == (
        f"compression trong TO phải là một trong: gzip, plain, copies\n{ADDRESS}"
    )


def test_without_boto3_its_installation_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "desk.publishing.object_store")
    monkeypatch.delitem(sys.modules, "desk.publishing.bucket")
    monkeypatch.setitem(sys.modules, "boto3", None)
    with pytest.raises(PublishError) as error:
        open_target("s3://a")
    assert str(error.value) == (
        "máy này chưa cài boto3, gói để nói chuyện với kho đối tượng\n"
        "    Cách sửa: .venv/bin/pip install --require-hashes -r requirements-s3.txt"
    )


@pytest.mark.parametrize(
    ("code", "message"),
    [
        ("NoSuchBucket", "kho không có thùng chứa (bucket) tên 'a'"),
        (
            "InvalidAccessKeyId",
            "kho không nhận khóa truy cập: khóa sai, đã hết hạn hoặc đã bị thu hồi",
        ),
        (
            "SignatureDoesNotMatch",
            "kho không nhận khóa truy cập: khóa sai, đã hết hạn hoặc đã bị thu hồi",
        ),
        ("RequestTimeTooSkewed", "đồng hồ máy này lệch giờ của kho nên kho từ chối"),
        ("AccessDenied", "khóa truy cập không có quyền trên thùng chứa 'a'"),
        ("QuotaExceeded", "kho đã đầy hoặc hết hạn mức nên không nhận thêm"),
        ("XMinioStorageFull", "kho đã đầy hoặc hết hạn mức nên không nhận thêm"),
        ("SlowDown", "kho đang bận, đã thử lại nhiều lần"),
        ("PermanentRedirect", "thùng chứa 'a' ở vùng (region) khác"),
        ("NotImplemented", "kho không hiểu một yêu cầu của chuẩn S3"),
        ("TeapotBroken", "kho trả lời lỗi: said"),
        ("", "kho trả lời lỗi: said"),
    ],
)
def test_what_a_store_refuses_is_said_in_words(code: str, message: str) -> None:
    assert explain_answer(code, "a", "said").message == message


@pytest.mark.parametrize(
    ("error", "message"),
    [
        (exceptions.NoCredentialsError(), "chưa có khóa truy cập kho, hoặc khóa không đủ hai phần"),
        (
            exceptions.PartialCredentialsError(provider="env", cred_var="AWS_SECRET_ACCESS_KEY"),
            "chưa có khóa truy cập kho, hoặc khóa không đủ hai phần",
        ),
        (
            exceptions.SSLError(endpoint_url="https://a", error="expired"),
            "chứng chỉ (https) của kho không hợp lệ với máy này",
        ),
        (
            exceptions.ReadTimeoutError(endpoint_url="https://a"),
            "không kết nối được tới kho, hoặc mạng đứt giữa chừng",
        ),
        (
            exceptions.ConnectionClosedError(endpoint_url="https://a"),
            "không kết nối được tới kho, hoặc mạng đứt giữa chừng",
        ),
        (exceptions.NoRegionError(), "không dùng được kho: You must specify a region."),
    ],
)
def test_what_keeps_from_a_store_is_said_in_words(error: Exception, message: str) -> None:
    assert explain_failure(error, "a").message == message


def test_a_store_that_checks_who_asks_and_when_is_understood(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    release = release_of(tmp_path, FILES)
    (run := tmp_path / "store").mkdir()

    def said(**environment: str) -> str:
        use_store(monkeypatch, f"http://{store}", **environment)
        with pytest.raises(PublishError) as error:
            open_target(f"s3://{BUCKET}").publish(release)
        return error.value.message

    with store_server(run) as store:
        wrong = "kho không nhận khóa truy cập: khóa sai, đã hết hạn hoặc đã bị thu hồi"
        assert said(AWS_ACCESS_KEY_ID="khac") == wrong
        assert said(AWS_SECRET_ACCESS_KEY="khac") == wrong
        with monkeypatch.context() as later:
            now = auth.get_current_datetime() + datetime.timedelta(hours=2)
            later.setattr(auth, "get_current_datetime", lambda *_, **__: now)
            assert said() == "đồng hồ máy này lệch giờ của kho nên kho từ chối"
        use_store(monkeypatch, f"http://{store}")
        assert open_target(f"s3://{BUCKET}").publish(release).files_sent == 6
