"""Tokens, keys, and their file."""

import json
import os
import stat
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any
from zlib import crc32

import pytest

from affectgraph.api.key_file import KeyFile, create_key, read_keys, revoke_key
from affectgraph.api.keys import (
    RIGHTS,
    Key,
    Right,
    digest_of,
    is_token,
    key_data,
    key_from,
    make_token,
    parse_time,
)
from affectgraph.ontology.errors import InputError
from tests.api.models import LONGEST_WAIT

NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)
TOKEN = "agk_" + "0" * 43 + "2CZclj"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "keys.jsonl"


def key(name: str = "lab", scopes: tuple[Right, ...] = ("read",), **others: Any) -> Key:
    return Key(name, scopes, "ab" * 32, NOW, **others)


# --- tokens ---------------------------------------------------------------------------------------


def test_token_has_prefix_random_part_and_checksum() -> None:
    token = make_token()

    assert token.startswith("agk_")
    assert len(token) == 4 + 43 + 6
    assert token.isascii()
    assert token.replace("_", "").isalnum()
    assert is_token(token)


def test_checksum_is_the_crc32_of_the_random_part_in_base_62() -> None:
    alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
    number = 0
    for sign in TOKEN[-6:]:
        number = number * 62 + alphabet.index(sign)

    assert number == crc32(b"0" * 43)


def test_random_part_has_room_for_256_bits_and_the_checksum_for_32() -> None:
    assert 62**43 >= 2**256
    assert 62**6 >= 2**32


def test_no_two_tokens_are_alike() -> None:
    assert len({make_token() for _ in range(1000)}) == 1000


@pytest.mark.parametrize(
    "text",
    [
        "",
        TOKEN[:-1],
        TOKEN + "0",
        TOKEN[:-1] + "k",
        TOKEN.replace("agk_", "agk-"),
        "agk_1" + TOKEN[5:],
        TOKEN + "\n",
        " " + TOKEN,
        "agk_" + "\N{ARABIC-INDIC DIGIT ZERO}" * 43 + "2CZclj",
    ],
)
def test_text_without_form_or_checksum_is_no_token(text: str) -> None:
    assert is_token(TOKEN)
    assert not is_token(text)


def test_digest_is_the_sha256_of_the_token() -> None:
    assert digest_of(TOKEN) == sha256(TOKEN.encode()).hexdigest()


# --- keys -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("scopes", "may"),
    [
        (("read",), {"read"}),
        (("llm",), {"read", "llm"}),
        (("write",), {"read", "write"}),
        (("write", "llm"), {"read", "write", "llm"}),
        (("admin",), {"read", "write", "llm", "admin"}),
    ],
)
def test_key_may_read_and_what_its_scopes_say(scopes: tuple[Right, ...], may: set[str]) -> None:
    assert {right for right in RIGHTS if key(scopes=scopes).may(right)} == may


def test_key_is_void_from_its_end_on_and_once_revoked() -> None:
    ending = key(expires=NOW)

    assert ending.is_valid(NOW - timedelta(seconds=1))
    assert not ending.is_valid(NOW)
    assert key().is_valid(NOW)
    assert not key(revoked=NOW).is_valid(NOW)


@pytest.mark.parametrize(
    "name", ["", "a b", "-a", "a\nb", "a" * 65, "\N{GREEK SMALL LETTER ALPHA}"]
)
def test_name_that_cannot_stand_in_lists_is_refused(name: str) -> None:
    with pytest.raises(InputError, match="Expected a name"):
        key(name)


def test_key_needs_scopes_that_exist() -> None:
    with pytest.raises(InputError, match="got none"):
        key(scopes=())
    with pytest.raises(InputError, match="got 'root'"):
        key(scopes=("root",))  # type: ignore[arg-type]  # what a file may say


def test_json_of_a_key_gives_the_key_again() -> None:
    whole = key("a.b@c-d", ("read", "llm"), expires=NOW + timedelta(days=1), revoked=NOW)

    assert key_from(json.loads(json.dumps(key_data(whole)))) == whole
    assert key_data(whole)["expires"] == "2026-11-27T12:00:00Z"


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"sha256": "AB" * 32}, "SHA-256"),
        ({"sha256": "ab"}, "SHA-256"),
        ({"sha256": None}, "sha256 as a text, got NoneType"),
        ({"scopes": "admin"}, "scopes as a list"),
        ({"scopes": [["admin"]]}, "scopes as a list"),
        ({"scopes": ["owner"]}, "got 'owner'"),
        ({"created": "yesterday"}, "ISO 8601"),
        ({"expires": 1}, "expires as a text, got int"),
        ({"token": TOKEN}, "members out of"),
    ],
)
def test_json_that_is_no_key_is_refused(changed: dict[str, Any], said: str) -> None:
    with pytest.raises(InputError, match=said) as caught:
        key_from(key_data(key()) | changed)
    assert TOKEN not in str(caught.value)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2027-01-31", datetime(2027, 1, 31, tzinfo=UTC)),
        ("2027-01-31T12:00", datetime(2027, 1, 31, 12, tzinfo=UTC)),
        ("2027-01-31T12:00:00Z", datetime(2027, 1, 31, 12, tzinfo=UTC)),
        ("2027-01-31T12:00:00+02:00", datetime(2027, 1, 31, 10, tzinfo=UTC)),
    ],
)
def test_times_are_of_utc_unless_they_say_otherwise(text: str, expected: datetime) -> None:
    assert parse_time(text) == expected
    assert parse_time(text).tzinfo is UTC


@pytest.mark.parametrize(
    "text",
    [
        *("", "31.1.2027", "2027-02-30", "in a year"),
        *("0001-01-01T00:00:00+23:59", "9999-12-31T23:59:59-12:00"),  # no years of UTC
    ],
)
def test_text_that_is_no_time_is_refused(text: str) -> None:
    with pytest.raises(InputError, match="ISO 8601"):
        parse_time(text)


# --- the file -------------------------------------------------------------------------------------


def test_file_has_digests_and_no_tokens_and_is_its_owners_alone(path: Path) -> None:
    made = create_key(path, "lab", ["llm"], now=NOW)

    text = path.read_text(encoding="utf-8")
    assert made.token not in text
    assert json.loads(text)["sha256"] == sha256(made.token.encode()).hexdigest()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [entry.name for entry in path.parent.iterdir()] == ["keys.jsonl"]


def test_key_is_found_by_its_token_alone(path: Path) -> None:
    first = create_key(path, "a", ["read"])
    second = create_key(path, "b", ["admin"])
    file = KeyFile(path)

    assert file.find(first.token, NOW) == read_keys(path)[0]
    assert file.find(second.token, NOW) == read_keys(path)[1]
    assert file.find(make_token(), NOW) is None
    assert file.find("", NOW) is None
    assert file.find(first.key.digest, NOW) is None


def test_id_that_starts_alike_does_not_make_another_key(path: Path) -> None:
    made = create_key(path, "a", ["admin"])
    other = make_token()
    forged = replace(made.key, digest=made.key.id + digest_of(other)[12:])
    path.write_text(json.dumps(key_data(forged)) + "\n", encoding="utf-8")

    assert KeyFile(path).find(made.token, NOW) is None


def test_expired_key_is_not_found(path: Path) -> None:
    made = create_key(path, "a", ["read"], now=NOW, expires=NOW + timedelta(hours=1))
    file = KeyFile(path)

    assert file.find(made.token, NOW) is not None
    assert file.find(made.token, NOW + timedelta(hours=1)) is None


def test_revoked_key_is_refused_at_the_next_look_and_stays_in_the_list(path: Path) -> None:
    made, other = create_key(path, "a", ["read"]), create_key(path, "b", ["read"])
    file = KeyFile(path)
    assert file.find(made.token, NOW) is not None

    revoke_key(path, "a", now=NOW)

    assert file.find(made.token, NOW) is None
    assert file.find(other.token, NOW) is not None
    assert [key.revoked for key in read_keys(path)] == [NOW, None]


def test_new_key_is_found_at_the_next_look(path: Path) -> None:
    create_key(path, "a", ["read"])
    file = KeyFile(path)

    made = create_key(path, "b", ["llm"])

    assert file.find(made.token, NOW) == read_keys(path)[1]


def test_key_may_be_revoked_by_its_id_and_once(path: Path) -> None:
    made = create_key(path, "a", ["read"])

    assert revoke_key(path, made.key.id).name == "a"
    with pytest.raises(InputError, match=r"a key in use \(none\), got 'a'"):
        revoke_key(path, "a")


def test_name_in_use_is_refused_and_that_of_a_revoked_key_is_not(path: Path) -> None:
    create_key(path, "a", ["read"])
    with pytest.raises(InputError, match="name of no other key"):
        create_key(path, "a", ["read"])
    revoke_key(path, "a")
    create_key(path, "a", ["llm"])

    assert [key.scopes for key in read_keys(path)] == [("read",), ("llm",)]


def test_key_that_would_be_void_at_once_is_not_made(path: Path) -> None:
    with pytest.raises(InputError, match="time to come"):
        create_key(path, "a", ["read"], now=NOW, expires=NOW)
    assert not path.exists()


def test_permissions_of_a_file_are_kept(path: Path) -> None:
    create_key(path, "a", ["read"])
    path.chmod(0o640)

    create_key(path, "b", ["read"])

    assert stat.S_IMODE(path.stat().st_mode) == 0o640


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may give files away")
def test_owner_of_a_file_is_kept(path: Path) -> None:
    create_key(path, "a", ["read"])
    os.chown(path, 65534, 65534)

    revoke_key(path, "a")

    assert (path.stat().st_uid, path.stat().st_gid) == (65534, 65534)


def test_key_that_is_revoked_by_a_link_is_void_for_who_reads_the_file_itself(path: Path) -> None:
    made = create_key(path, "lab", ["read"])
    keys = KeyFile(path)
    link = path.with_name("link.jsonl")
    link.symlink_to(path.name)

    revoke_key(link, "lab")

    assert keys.find(made.token, datetime.now(UTC)) is None
    assert link.is_symlink()


def test_link_to_no_file_is_kept_and_the_file_it_names_is_made(path: Path) -> None:
    link = path.with_name("link.jsonl")
    link.symlink_to(path.name)

    made = create_key(link, "lab", ["read"])

    assert link.is_symlink()
    assert [key.id for key in read_keys(path)] == [made.key.id]


@pytest.mark.parametrize("mode", [0o620, 0o602, 0o666])
def test_file_that_others_may_write_is_refused(path: Path, mode: int) -> None:
    create_key(path, "a", ["admin"])
    path.chmod(mode)

    with pytest.raises(InputError, match="chmod go-w"):
        KeyFile(path)


def test_missing_file_is_said_with_the_command_that_makes_it(path: Path) -> None:
    with pytest.raises(InputError, match="affectgraph keys create"):
        KeyFile(path)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"{}\n", "1: Expected name as a text"),
        (b"[1]\n", "1: Expected a JSON object with members"),
        (b"agk_\n", "1: Expected a JSON object, got"),
        (b"[" * 100_000, "1: Expected a JSON object, got"),
        (b"1" * 5_000, "1: Expected a JSON object, got"),
        (b"\xff\n", "Expected a file of keys"),
    ],
)
def test_file_with_other_content_is_refused_with_the_line(
    path: Path, content: bytes, said: str
) -> None:
    path.write_bytes(content)
    path.chmod(0o600)

    with pytest.raises(InputError, match=said):
        read_keys(path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_pipe_is_refused_and_not_waited_for(path: Path) -> None:
    os.mkfifo(path, 0o600)
    code = (
        "import pathlib, sys; from affectgraph.api.key_file import read_keys; "
        "read_keys(pathlib.Path(sys.argv[1]))"
    )
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-c", code, str(path)],
        timeout=LONGEST_WAIT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert "InputError: Expected a file of keys" in done.stderr
    assert "got a folder, pipe or device" in done.stderr


@pytest.mark.parametrize("fault", ["gone", "broken", "open to others"])
def test_no_key_counts_while_the_file_cannot_be_read(path: Path, fault: str) -> None:
    made = create_key(path, "a", ["admin"])
    file = KeyFile(path)
    kept = path.read_bytes()
    if fault == "gone":
        path.unlink()
    elif fault == "broken":
        path.write_bytes(b"{")
    else:
        path.chmod(0o666)

    for _ in range(2):
        with pytest.raises(InputError):
            file.find(made.token, NOW)

    path.write_bytes(kept)
    path.chmod(0o600)
    assert file.find(made.token, NOW) is not None


def test_two_writers_do_not_lose_each_others_keys(path: Path) -> None:
    create_key(path, "a", ["read"])
    lock = path.with_name("keys.jsonl.new")
    lock.write_bytes(b"")

    with pytest.raises(InputError, match="another command writes the keys"):
        create_key(path, "b", ["read"])

    assert [key.name for key in read_keys(path)] == ["a"]
    assert lock.exists(), "it is another's"


def test_refused_change_leaves_the_file_as_it_is(path: Path) -> None:
    create_key(path, "a", ["read"])
    before = path.read_bytes()

    with pytest.raises(InputError):
        revoke_key(path, "b")
    with pytest.raises(InputError):
        create_key(path, "b c", ["read"])

    assert path.read_bytes() == before
    assert [entry.name for entry in path.parent.iterdir()] == ["keys.jsonl"]


def test_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="Name a folder that is there"):
        create_key(tmp_path / "none" / "keys.jsonl", "a", ["read"])
