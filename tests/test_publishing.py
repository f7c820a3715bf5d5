"""Releases, and what a server holds after they were published to it over ssh."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest
from support.project import REPOSITORY, write
from support.releases import release_of
from support.servers import stand_in_for_ssh

from desk.audit.ssh_server import ssh_server
from desk.publishing.release import Role, read_release, role_of
from desk.publishing.ssh import SshTarget, explain
from desk.publishing.target import Publication, PublishError
from desk.publishing.targets import open_target

sys.path.insert(0, str(REPOSITORY / "scripts"))
import publish

AGAIN = "chạy lại lệnh này, phần đã gửi không phải gửi lại"
AGAIN_RELEASE = "    Cách sửa: SITE_URL=https://ten-mien-cua-trang.vn/ make release"
OLD, NEW = "assets/0123456789/js/site.js", "assets/abcdef0123/js/site.js"


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder of a server that ssh://may-chu reaches."""
    stand_in_for_ssh(tmp_path / "bin", monkeypatch)
    return tmp_path / "server"


def target_at(server: Path) -> SshTarget:
    target = open_target(f"ssh://may-chu{server}")
    assert isinstance(target, SshTarget)
    return target


@pytest.mark.parametrize(
    ("path", "role"),
    [
        ("assets/0123456789/js/site.js", Role.ASSET),
        ("assets/0123456789/js/site.js.br", Role.ASSET),
        ("assets/fonts/3b6fcc47ec.woff2", Role.ASSET),
        ("assets/cards/guides-suc-khoe-c66add508614.png", Role.ASSET),  # kept 30 days, as all are
        ("assets/images/anh-800.2c34b5e96c.avif", Role.ASSET),
        ("search/368b677dba/a.json.gz", Role.ASSET),
        ("assets/qr/kich-hoat.svg", Role.FILE),
        ("to-roi/dinh-danh.pdf", Role.FILE),
        ("bien-tap/start.js", Role.FILE),
        ("guides/index.html.gz", Role.PAGE),
        ("sw.js", Role.POINTER),
        ("search/index.json", Role.POINTER),
        ("version.json", Role.POINTER),
        ("rss.xml.br", Role.POINTER),
    ],
)
def test_the_role_of_a_file_is_told_by_its_path(path: str, role: Role) -> None:
    assert role_of(path) is role


def test_a_release_is_named_by_its_day_and_content_and_never_changed(tmp_path: Path) -> None:
    first = release_of(tmp_path, {"index.html": "một", OLD: "1"})
    again = release_of(tmp_path, {"index.html": "một", OLD: "1"})
    assert again == first
    assert first.folder == tmp_path / first.name
    second = release_of(tmp_path, {"index.html": "hai", OLD: "1"})
    assert second.digest != first.digest
    assert read_release(first.folder) == first
    assert read_release(tmp_path / "latest") == second
    assert (second.folder / "version.json").read_text() == (
        f'{{"digest": "{second.digest}", "date": "2026-11-30", "commit": "abc", '
        '"counts": {"pages": 1, "files": 2, "bytes": 4}}\n'
    )


def test_modes_are_fixed_and_unchanged_files_keep_their_times(tmp_path: Path) -> None:
    mask = os.umask(0o077)
    try:
        first = release_of(tmp_path, {"a/index.html": "một", "b.html": "b"})
        os.utime(first.folder / "b.html", (1, 1))
        os.utime(first.folder / "a/index.html", (1, 1))
        second = release_of(tmp_path, {"a/index.html": "hai", "b.html": "b"})
    finally:
        os.umask(mask)
    modes = {path.name: oct(path.stat().st_mode)[-3:] for path in second.folder.rglob("*")}
    assert modes == {"a": "755", "index.html": "644", "b.html": "644", "version.json": "644"}
    assert oct(second.folder.stat().st_mode)[-3:] == "755"
    assert (second.folder / "b.html").stat().st_mtime == 1
    assert (second.folder / "a/index.html").stat().st_mtime > 1


def test_the_five_releases_sealed_last_are_kept(tmp_path: Path) -> None:
    names = [release_of(tmp_path, {"index.html": str(number)}).name for number in range(7)]
    assert names_in(tmp_path) == sorted(["latest", *names[2:]])


def test_a_release_that_was_changed_is_not_published(tmp_path: Path) -> None:
    folder = release_of(tmp_path, {"index.html": "một"}).folder
    (folder / "index.html").write_text("hai")
    with pytest.raises(PublishError) as error:
        read_release(folder)
    assert str(error.value) == (
        f"bản dựng {folder} đã bị sửa sau khi dựng, không đăng\n{AGAIN_RELEASE}"
    )


def test_a_release_changed_by_hand_is_made_again_as_its_remedy_says(tmp_path: Path) -> None:
    first = release_of(tmp_path, {"index.html": "một"})
    (first.folder / "index.html").write_text("hai")
    assert release_of(tmp_path, {"index.html": "một"}) == first
    assert (first.folder / "index.html").read_text() == "một"
    assert names_in(tmp_path) == sorted(["latest", first.name])


def test_a_release_sealed_again_counts_as_the_last(tmp_path: Path) -> None:
    texts = ("một", "hai", "ba", "bốn", "năm", "một", "sáu")
    names = [release_of(tmp_path, {"index.html": text}).name for text in texts]
    assert names_in(tmp_path) == sorted(["latest", *names[2:]])


def names_in(folder: Path) -> list[str]:
    return sorted(each.name for each in folder.iterdir())


def publish_pages(server: Path, *texts: str) -> list[str]:
    """Publish a release of each text, its page and its own script, and return their names."""
    dist = server.parent / "dist"
    pages = ({"index.html": text, asset_of(text): text} for text in texts)
    return [target_at(server).publish(release_of(dist, files)).release for files in pages]


def asset_of(text: str) -> str:
    return f"assets/{hashlib.sha256(text.encode()).hexdigest()[:10]}/js/site.js"


def test_what_changed_is_sent_beside_and_one_link_is_switched(server: Path) -> None:
    target, dist = target_at(server), server.parent / "dist"
    first = release_of(dist, {"index.html": "một", OLD: "1", "a.html": "a"})
    assert target.publish(first).release == first.name
    assert str((server / "site").readlink()) == f"releases/{first.name}"
    second = release_of(dist, {"index.html": "hai", NEW: "2", "a.html": "a"})
    outcome = target.publish(second)
    assert outcome.files_sent == 3  # the page, the script, version.json
    assert str((server / "site").readlink()) == f"releases/{second.name}"
    assert (server / "site/index.html").read_text() == "hai"
    assert [(server / "site" / path).read_text() for path in (OLD, NEW)] == ["1", "2"]
    pages = [server / f"releases/{each.name}/a.html" for each in (first, second)]
    assert pages[0].samefile(pages[1])
    assert target.publish(second) == Publication(second.name)  # it is there already


def test_a_script_that_only_moved_with_its_folder_is_not_sent(server: Path) -> None:
    target, dist = target_at(server), server.parent / "dist"
    beside = {each: str(Path(each).with_name("share.js")) for each in (OLD, NEW)}
    target.publish(release_of(dist, {"index.html": "một", OLD: "1", beside[OLD]: "x"}))
    second = release_of(dist, {"index.html": "hai", NEW: "2", beside[NEW]: "x"})
    assert target.publish(second).files_sent == 3  # the page, site.js, version.json
    scripts = [(server / "site" / path).read_text() for path in (OLD, NEW, *beside.values())]
    assert scripts == ["1", "2", "x", "x"]


def test_roll_back_goes_one_further_each_time_and_keeps_the_open_pages_assets(
    server: Path,
) -> None:
    first, second, _ = publish_pages(server, "một", "hai", "ba")
    target = target_at(server)
    assert target.roll_back() == Publication(second)
    names = [name for name in names_in(server / "releases") if not name.startswith("2026-")]
    assert names == [".lock", "history", "kept"]
    assert target.roll_back() == Publication(first)
    assert (server / "site/index.html").read_text() == "một"
    assert (server / "site" / asset_of("ba")).read_text() == "ba"
    with pytest.raises(PublishError) as error:
        target.roll_back()
    assert str(error.value) == (
        "may-chu không còn bản nào trước bản đang chạy\n"
        "    Cách sửa: sửa bài, chạy make release rồi make publish"
    )
    publish_pages(server, "bốn")
    assert target.roll_back() == Publication(first)  # not what it had been rolled back from


def test_what_was_rolled_back_from_stays_behind_when_the_current_is_published_again(
    server: Path,
) -> None:
    first, second, _ = publish_pages(server, "một", "hai", "ba")
    assert target_at(server).roll_back() == Publication(second)
    publish_pages(server, "hai")
    assert target_at(server).roll_back() == Publication(first)


def test_other_releases_on_the_server_are_not_touched(server: Path) -> None:
    write(server / "releases/cua-toi.new", "x")
    write(server / "site/index.html", "x")
    release = release_of(server.parent / "dist", {"index.html": "một"})
    with pytest.raises(PublishError) as error:
        target_at(server).publish(release)
    assert str(error.value) == (
        f"thư mục {server}/releases trên may-chu đang giữ thứ không do make publish ghi\n"
        "    Cách sửa: viết thư mục khác sau tên máy chủ trong TO"
    )
    assert names_in(server) == ["releases", "site"]
    assert names_in(server / "releases") == ["cua-toi.new"]


def test_a_folder_that_was_served_before_is_never_deleted(server: Path) -> None:
    write(server / "site/index.html", "cũ")
    write(server / "site.new/index.html", "của tôi")
    publish_pages(server, *"1234567")
    (before,) = (server / "releases").glob("before-*[0-9]")
    assert (before / "index.html").read_text() == "cũ"
    assert (server / "site.new/index.html").read_text() == "của tôi"


def test_old_assets_are_kept_for_thirty_days_after_they_were_replaced(server: Path) -> None:
    publish_pages(server, "một", "hai", "ba")
    days = {"một": 31, "hai": 29}
    kept = server / "releases/kept"
    lines = [f"{time.time() - days[text] * 86400:.0f} {asset_of(text)}\n" for text in days]
    kept.write_text("".join(lines))
    publish_pages(server, "bốn")
    found = [
        text for text in ("một", "hai", "ba", "bốn") if (server / "site" / asset_of(text)).exists()
    ]
    assert found == ["hai", "ba", "bốn"]


def test_five_releases_stay_on_the_server_and_assets_longer(server: Path) -> None:
    names = publish_pages(server, *"1234567")
    assert names_in(server) == ["releases", "site"]
    assert names_in(server / "releases") == sorted(
        [".lock", "history", "kept", *names[2:], *(f"{name}.assets" for name in names[2:])]
    )
    assert (server / "site" / asset_of("1")).read_text() == "1"


def test_what_a_killed_publish_left_is_cleaned_up_and_its_upload_used(server: Path) -> None:
    (first,) = publish_pages(server, "một")
    dist = server.parent / "dist"
    second = release_of(dist, {"index.html": "hai", "a.html": "a", "b.html": "b"})
    there = server / "releases"
    write(there / ".next/a.html", "a")
    write(there / ".next/of-another-release.html", "c")
    write(there / ".next/b.html", "na half")
    write(there / ".gone/index.html", "x")
    write(there / "own.new", "x")
    (there / "site.new").symlink_to("nowhere")
    shutil.copytree(there / first, there / "2026-11-29-aaaaaaaaaaaa")  # moved, but never shown
    write(there / "2026-11-29-aaaaaaaaaaaa.assets", "")
    outcome = target_at(server).publish(second)
    assert outcome.files_sent == 3  # not a.html
    names = sorted([first, second.name])
    assert names_in(there) == sorted(
        [".lock", "history", "kept", *names, *(f"{name}.assets" for name in names)]
    )
    assert names_in(server) == ["releases", "site"]
    assert names_in(server / "site") == [
        "a.html", "assets", "b.html", "index.html", "version.json",
    ]  # fmt: skip
    assert (server / "site/b.html").read_text() == "b"


def test_a_folder_that_was_served_before_becomes_the_release_to_go_back_to(server: Path) -> None:
    write(server / "site/index.html", "cũ")
    write(server / f"site/{OLD}", "1")
    publish_pages(server, "mới")
    assert (server / "site/index.html").read_text() == "mới"
    assert (server / f"site/{OLD}").read_text() == "1"
    assert target_at(server).roll_back().release.startswith("before-")
    assert (server / "site/index.html").read_text() == "cũ"


def test_one_publish_at_a_time_and_a_dead_one_holds_nobody_up(server: Path) -> None:
    release = release_of(server.parent / "dist", {"index.html": "một"})
    script = (REPOSITORY / "desk/publishing/server.sh").read_text(encoding="utf-8")
    pipe = subprocess.PIPE
    command = ["sh", "-c", script, "sh", str(server), "to@may-khac, 08:00 30/11/2026"]
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True) as other:
        assert other.stdout
        assert other.stdout.readline().startswith("ready ")
        with pytest.raises(PublishError) as error:
            target_at(server).publish(release)
        assert str(error.value) == (
            "may-chu đang nhận một lần đăng khác (to@may-khac, 08:00 30/11/2026)\n"
            "    Cách sửa: đợi lần ấy xong rồi chạy lại"
        )
        other.kill()
    assert target_at(server).publish(release).release == release.name


def test_a_clock_that_is_wrong_is_told_before_anything_is_sent(server: Path) -> None:
    write(server.parent / "bin/date", "#!/bin/sh\necho 1000000000\n").chmod(0o755)
    release = release_of(server.parent / "dist", {"index.html": "một"})
    with pytest.raises(PublishError) as error:
        target_at(server).publish(release)
    assert str(error.value) == (
        "đồng hồ của máy này và của may-chu lệch nhau hơn một giờ\n"
        "    Cách sửa: chỉnh giờ của máy sai: sudo timedatectl set-ntp true"
    )
    assert not (server / "releases/.next").exists()


def test_a_machine_without_ssh_or_rsync_is_told_what_to_install(
    server: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    release = release_of(server.parent / "dist", {"index.html": "một"})
    client = f'#!/bin/sh\nPATH={os.environ["PATH"]} exec {server.parent}/bin/ssh "$@"\n'
    (programs := server.parent / "programs").mkdir()
    monkeypatch.setenv("PATH", str(programs))
    for command, package in (("ssh", "openssh-client"), ("rsync", "rsync")):
        with pytest.raises(PublishError) as error:
            target_at(server).publish(release)
        assert str(error.value) == (
            f"máy này chưa có {command}\n    Cách sửa: sudo apt-get install {package}"
        )
        write(programs / "ssh", client).chmod(0o755)


@pytest.mark.parametrize(
    ("errors", "message", "fix"),
    [
        (
            "ssh: Could not resolve hostname may-chu: Name or service not known\n",
            "không tìm thấy máy chủ to@may-chu: sai tên, hoặc máy này không có mạng",
            "xem lại tên máy chủ và mạng rồi chạy lại",
        ),
        (
            "ssh: connect to host may-chu port 2222: Connection refused\n",
            "to@may-chu từ chối nối ở cổng ssh (2222): sai cổng, hay máy chủ chưa chạy ssh",
            "xem lại cổng trong TO, hỏi người giữ máy chủ",
        ),
        (
            "ssh: connect to host may-chu port 2222: Connection timed out\n",
            "mất liên lạc với to@may-chu",
            f"xem mạng của máy này và máy chủ rồi {AGAIN}",
        ),
        (
            "client_loop: send disconnect: Broken pipe\nrsync: connection unexpectedly closed\n",
            "mất liên lạc với to@may-chu",
            f"xem mạng của máy này và máy chủ rồi {AGAIN}",
        ),
        (
            "Host key verification failed.\n",
            "máy này chưa nối với to@may-chu lần nào",
            "ssh -p 2222 to@may-chu",
        ),
        (
            "IT IS POSSIBLE THAT SOMEONE IS DOING SOMETHING NASTY!\n"
            "Host key verification failed.\n",
            "khóa của to@may-chu khác lần trước: máy đã cài lại, hoặc không phải máy ấy",
            "hỏi người giữ máy chủ trước khi đăng",
        ),
        (
            "to@may-chu: Permission denied (publickey,keyboard-interactive).\n",
            "to@may-chu không nhận khóa hay mật khẩu của máy này",
            "nhờ người giữ máy chủ ghi khóa của máy này (deploy/ssh-server.md, bước 3); "
            "tài khoản có mật khẩu thì: ssh-copy-id -p 2222 to@may-chu",
        ),
        (
            'rsync: [receiver] write failed on "/srv/big": No space left on device (28)\n'
            "rsync error: error in file IO (code 11) at receiver.c(657) [receiver=3.5.0]\n",
            "đĩa của to@may-chu đã đầy",
            f"xóa bớt tệp trên máy chủ rồi {AGAIN}",
        ),
        (
            "sh: 21: cannot create releases/.lock: Read-only file system\n",
            "đĩa của to@may-chu đang ở chế độ chỉ đọc",
            "hỏi người giữ máy chủ",
        ),
        (
            "mkdir: cannot create directory '/srv/t x': Permission denied\n",
            "không có quyền ghi vào /srv/t x trên to@may-chu",
            "người quản trị chạy trên máy chủ: "
            "sudo mkdir -p '/srv/t x' && sudo chown -R to '/srv/t x'",
        ),
        (
            "mkdir: cannot create directory '/srv/t x': Not a directory\n",
            "/srv/t x trên to@may-chu không phải thư mục",
            "viết thư mục khác sau tên máy chủ trong TO",
        ),
        (
            "bash: line 1: rsync: command not found\n",
            "to@may-chu chưa có rsync hay flock",
            "người quản trị chạy trên máy chủ: sudo apt-get install rsync util-linux",
        ),
        (
            "rsync error: unexplained error (code 130)\n",
            "không đăng được lên to@may-chu: rsync error: unexplained error (code 130)",
            f"{AGAIN}; vẫn vậy thì hỏi người giữ máy chủ",
        ),
    ],
)
def test_what_ssh_and_rsync_say_is_told_with_a_remedy(errors: str, message: str, fix: str) -> None:
    error = explain(errors, SshTarget("to@may-chu", "/srv/t x", 2222))
    assert (error.message, error.fix) == (message, fix)


@pytest.mark.parametrize(
    ("address", "host", "folder", "port"),
    [
        ("ssh://may-chu/srv/portal/", "may-chu", "/srv/portal", None),
        ("ssh://to@may-chu:2222/srv/portal", "to@may-chu", "/srv/portal", 2222),
        ("ssh://MayChu/srv", "MayChu", "/srv", None),  # a name of ~/.ssh/config
        ("ssh://[::1]/srv", "::1", "/srv", None),
        ("ssh://to@[fe80::1%eth0]:2222/srv", "to@fe80::1%eth0", "/srv", 2222),
        ("ssh://may-chu/srv/trang của tổ", "may-chu", "/srv/trang của tổ", None),
        ("ssh://may-chu/srv/trang%20của%20tổ", "may-chu", "/srv/trang của tổ", None),
        ("ssh://may-chu/srv/a#b?c", "may-chu", "/srv/a#b?c", None),
    ],
)
def test_host_folder_and_port_are_read_from_an_address(
    address: str, host: str, folder: str, port: int | None
) -> None:
    assert open_target(address) == SshTarget(host, folder, port)


@pytest.mark.parametrize("address", ["", "server:/srv/portal", "shh://may-chu/srv", "media/usb"])
def test_an_address_of_no_known_kind_is_told_which_there_are(address: str) -> None:
    with pytest.raises(PublishError) as error:
        open_target(address)
    assert str(error.value) == (
        "TO phải bắt đầu bằng một trong: ssh://, folder://, pages://, s3://, zim://, hay /, "
        f"đang là '{address}'\n"
        "    Cách sửa: viết như TO=ssh://ten@may-chu/srv/portal, hay TO=/media/usb cho USB"
    )


@pytest.mark.parametrize(
    "address",
    [
        "ssh://may-chu",
        "ssh://may-chu/",
        "ssh:///srv",
        "ssh://may-chu:x/srv",
        "ssh://to:mat-khau@may-chu/srv",
        "ssh://-oProxyCommand=x/srv",
        "ssh://-oProxyCommand=x@may-chu/srv",
        "ssh://[::1/srv",
    ],
)
def test_an_address_that_is_not_whole_is_told(address: str) -> None:
    with pytest.raises(PublishError) as error:
        open_target(address)
    assert str(error.value) == (
        f"TO phải có máy chủ và thư mục, đang là '{address}'\n"
        "    Cách sửa: viết như TO=ssh://ten@may-chu/srv/portal"
    )


def test_the_command_says_what_readers_see_or_what_is_wrong(
    server: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    release = release_of(server.parent / "dist", {"index.html": "một"})
    to = ["--to", f"ssh://may-chu{server}", "--release"]
    assert publish.main([*to, str(server.parent / "dist/latest")]) == 0
    assert re.sub(r"\d+ (KB|giây)", r"# \1", capsys.readouterr().out) == (
        f"Bà con đang xem bản {release.name}. Đã gửi 2 tệp, # KB, mất # giây.\n"
    )
    assert publish.main([*to, str(server)]) == 1
    assert capsys.readouterr().err == (f"chưa có bản dựng để đăng ở {server}\n{AGAIN_RELEASE}\n")


def test_a_real_server_of_ssh_is_published_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (run := tmp_path / "run").mkdir()
    with ssh_server(run) as port:
        monkeypatch.setenv("PATH", str(run / "bin"), prepend=":")
        there = tmp_path / "máy chủ/trang"
        target = open_target(f"ssh://127.0.0.1:{port}{there}")
        first = release_of(tmp_path / "dist", {"index.html": "một", OLD: "1"})
        assert target.publish(first).files_sent == 3
        second = release_of(tmp_path / "dist", {"index.html": "hai", OLD: "1"})
        assert target.publish(second).files_sent == 2
        assert (there / "site/index.html").read_text() == "hai"
        assert target.roll_back() == Publication(first.name)
        assert (there / "site/index.html").read_text() == "một"
