"""A crash at any point, a full disk, two at once: sealed or not at all, told and mended."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from board_report.archive.ledger import ArchiveError, open_archive
from board_report.archive.ledger.actions import prune
from board_report.archive.ledger.sealing import seal
from tests.ledger_data import (
    DeadError,
    FullDisk,
    MortalDisk,
    faults,
    file_to_seal,
    found_both,
    local,
    request,
    sealed,
    stamp,
)

ROOT = Path(__file__).resolve().parents[3]
LATER = "2034-01-05T10:00:00Z"


def begin_and_seal(folder: Path, disk: MortalDisk) -> None:
    seal(local(folder, disk), request(), stamp())


def seal_second(folder: Path, disk: MortalDisk) -> None:
    seal(local(folder, disk), request("2026-Q4"), stamp("2027-02-01T09:00:00Z"))


def prune_all(folder: Path, disk: MortalDisk) -> None:
    prune(open_archive(local(folder, disk)), stamp(LATER, command="archive prune"), reason="due")


def nothing(_: Path) -> None:
    """No archive is there yet."""


def one_seal(folder: Path) -> None:
    sealed(local(folder), "2026-Q3")


def two_seals(folder: Path) -> None:
    sealed(local(folder), "2026-Q3", "2026-Q4")


CASES = {
    "first": (nothing, begin_and_seal),
    "second": (one_seal, seal_second),
    "prune": (two_seals, prune_all),
}


def calls_of(folder: Path, before: Callable[[Path], None], run: Callable[..., None]) -> int:
    """How many calls change the disk when nothing goes wrong."""
    before(folder)
    disk = MortalDisk(10**9)
    run(folder, disk)
    return disk.calls


@pytest.mark.parametrize("forgets", [False, True], ids=["killed", "power cut"])
@pytest.mark.parametrize("case", CASES)
def test_dying_at_any_call_leaves_all_or_nothing(tmp_path: Path, case: str, forgets: bool) -> None:
    """Then the next command mends it, and the same command can be run again."""
    before, run = CASES[case]
    whole = calls_of(tmp_path / "whole", before, run)
    expected = open_archive(tmp_path / "whole").chain()
    assert whole > 20
    came = set()
    for at in range(1, whole + 1):
        folder = tmp_path / str(at)
        before(folder)
        with pytest.raises(DeadError):
            run(folder, MortalDisk(at, forgets=forgets))
        came.add(came_through(folder, expected.head))
        # The next command, whatever it is, says what had happened and mends it.
        is_left = any((folder / "incoming").glob("*"))
        told: list[str] = []
        seal(local(folder), request("2030-Q1"), stamp(LATER), told.append)
        assert found_both(folder) == set(), f"after dying at call {at}"
        assert bool(told) >= is_left, f"after dying at call {at}"
        assert not [each for each in local(folder).names() if each.startswith("incoming/")]
    assert came == {True, False}, "some deaths came before the entry, and some after it"


def came_through(folder: Path, head: str) -> bool:
    """Whether the entry is on record; then everything that it keeps is there."""
    if not (folder / "entries").is_dir():
        return False
    found = faults(found_both(folder))
    if not any((folder / "entries").iterdir()):
        assert found == {("fault", "no-entry", "entries")}
        return False
    assert found == set()
    return open_archive(folder).chain().head == head


def test_an_interrupted_seal_is_told_in_words(tmp_path: Path) -> None:
    one_seal(tmp_path)
    total = calls_of(tmp_path / "whole", one_seal, seal_second)
    words = set()
    for at in range(1, total + 1):
        folder = tmp_path / f"at-{at}"
        one_seal(folder)
        with pytest.raises(DeadError):
            seal_second(folder, MortalDisk(at))
        words |= set(open_archive(folder).mend())
        assert open_archive(folder).mend() == ()
    assert (
        "A seal was interrupted before it was recorded: nothing of it counts. Run it again."
        in words
    )
    assert "A seal was interrupted after entries/00000003.json was written: it is whole." in words
    assert "Cleared away: 4 objects." in words


def test_what_a_lost_entry_kept_is_never_cleared_away(tmp_path: Path) -> None:
    """Its objects seem to belong to nobody, and no note names them."""
    two_seals(tmp_path)
    (tmp_path / "entries/00000003.json").unlink()
    (tmp_path / "index.sqlite").unlink(missing_ok=True)
    before = local(tmp_path).names()
    assert open_archive(tmp_path).mend() == ()
    assert local(tmp_path).names() == before
    assert {code for _, code, _ in found_both(tmp_path)} == {"object-unnamed"}


def test_nothing_is_cleared_away_beside_a_damaged_entry(tmp_path: Path) -> None:
    two_seals(tmp_path)
    with pytest.raises(DeadError):
        seal(local(tmp_path, MortalDisk(9)), request("2027-Q1"), stamp())
    entry = tmp_path / "entries/00000002.json"
    entry.chmod(0o644)
    entry.write_bytes(b"{}\n")
    before = local(tmp_path).names()
    (told,) = open_archive(tmp_path).mend()
    assert "nothing was cleared away" in told
    assert local(tmp_path).names() == before


def test_a_full_disk_seals_nothing_and_leaves_nothing(tmp_path: Path) -> None:
    """At every number of bytes that does not do; the archive is as it was."""
    one_seal(tmp_path / "a")
    names = local(tmp_path / "a").names()
    refused = 0
    for space in range(0, 3200, 97):
        try:
            seal(local(tmp_path / "a", FullDisk(space)), request("2026-Q4"), stamp())
        except ArchiveError as error:
            refused += 1
            assert "No space left on device" in error.message
            assert "Nothing was added" in error.message
            assert local(tmp_path / "a").names() == names
            assert found_both(tmp_path / "a") == set()
        else:
            break
    assert refused > 10
    assert len(open_archive(tmp_path / "a").seals()) == 2


def test_a_limit_of_the_system_is_a_full_disk_too(tmp_path: Path) -> None:
    """A real write that the kernel refuses, in a process of its own."""
    one_seal(tmp_path / "a")
    code = (
        "import resource, signal, sys\n"
        "from pathlib import Path\n"
        "from board_report.archive.ledger import ArchiveError\n"
        "from board_report.archive.ledger.sealing import seal\n"
        "from tests.ledger_data import local, request, stamp\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (4000, 4000))\n"
        "files = {'board-deck.pdf': (b'x' * 9000, 'document')}\n"
        "try:\n"
        "    seal(local(Path(sys.argv[1])), request('2026-Q4', files), stamp())\n"
        "except ArchiveError as error:\n"
        "    print(error.message)\n"
    )
    done = run_python(code, tmp_path / "a")
    assert "File too large" in done.stdout, done.stderr
    assert found_both(tmp_path / "a") == set()
    assert len(open_archive(tmp_path / "a").seals()) == 1


def run_python(code: str, *arguments: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", code, *map(str, arguments)],
        capture_output=True,
        text=True,
        cwd=ROOT,
        timeout=60,
    )


KILLED = (
    "import os, signal, sys\n"
    "from pathlib import Path\n"
    "from tests.ledger_data import MortalDisk, local, request, stamp\n"
    "from board_report.archive.ledger.sealing import seal\n"
    "class Disk(MortalDisk):\n"
    "    def _call(self):\n"
    "        self.calls += 1\n"
    "        if self.calls == self.dies_at:\n"
    "            os.kill(os.getpid(), signal.SIGKILL)\n"
    "    def create(self, path, chunks):\n"
    "        self._call()\n"
    "        super(MortalDisk, self).create(path, chunks)\n"
    "disk = Disk(int(sys.argv[2]))\n"
    "seal(local(Path(sys.argv[1]), disk), request('2026-Q4'), stamp())\n"
)


@pytest.mark.parametrize("share", [0.1, 0.4, 0.7, 0.85, 0.95, 1.0])
def test_a_real_kill_leaves_all_or_nothing(tmp_path: Path, share: float) -> None:
    total = calls_of(tmp_path / "whole", one_seal, seal_second)
    folder = tmp_path / "a"
    one_seal(folder)
    done = run_python(KILLED, folder, max(1, int(total * share)))
    assert done.returncode == -signal.SIGKILL, done.stderr
    assert faults(found_both(folder)) == set()
    before = len(open_archive(folder).seals())
    assert before in (1, 2)
    open_archive(folder).mend()
    assert found_both(folder) == set()
    assert len(open_archive(folder).seals()) == before


TOGETHER = (
    "import json, sys\n"
    "from pathlib import Path\n"
    "from board_report.archive.ledger import ArchiveError\n"
    "from board_report.archive.ledger.sealing import seal\n"
    "from tests.ledger_data import local, request, stamp\n"
    "folder, name, count = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])\n"
    "sys.stdin.readline()\n"
    "done = []\n"
    "for number in range(count):\n"
    "    entity = 'One, Inc.' if name == 'same' else name\n"
    "    try:\n"
    "        made = seal(local(folder), request(f'20{30 + number}-Q1', entity=entity), stamp())\n"
    "        done.append(made.number)\n"
    "    except ArchiveError as error:\n"
    "        done.append(error.message)\n"
    "print(json.dumps(done))\n"
)


def together(folder: Path, names: list[str], count: int) -> list[list[object]]:
    """Processes that begin to seal at the same moment; what each of them got."""
    running = [
        subprocess.Popen(
            [sys.executable, "-c", TOGETHER, str(folder), name, str(count)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
        )
        for name in names
    ]
    for each in running:
        assert each.stdin is not None
        each.stdin.write("\n")
        each.stdin.flush()
    return [json.loads(each.communicate(timeout=60)[0]) for each in running]


def test_several_at_once_each_get_an_entry_of_their_own(tmp_path: Path) -> None:
    """Also the archive is begun only once."""
    results = together(tmp_path / "a", ["One", "Two", "Three"], 8)
    numbers = [each for result in results for each in result]
    assert sorted(map(str, numbers)) == sorted(map(str, range(2, 26)))
    assert found_both(tmp_path / "a") == set()


def test_the_same_quarter_at_once_is_sealed_once(tmp_path: Path) -> None:
    results = together(tmp_path / "a", ["same", "same"], 6)
    for pair in zip(*results, strict=True):
        (message,) = [each for each in pair if isinstance(each, str)]
        assert "is sealed as it is" in message
    assert len(open_archive(tmp_path / "a").seals()) == 6
    assert found_both(tmp_path / "a") == set()


def test_a_file_that_changes_while_it_is_sealed(tmp_path: Path) -> None:
    one_seal(tmp_path)
    names = local(tmp_path).names()
    wanted = request("2026-Q4")
    turned = file_to_seal("late.pdf", [b"other"], b"declared", "document")
    with pytest.raises(ArchiveError, match="changed while it was being sealed"):
        seal(
            local(tmp_path),
            type(wanted)(**{**vars(wanted), "files": (*wanted.files, turned)}),
            stamp(),
        )
    assert local(tmp_path).names() == names


def test_nothing_rests_on_an_object_that_is_damaged(tmp_path: Path) -> None:
    """The second quarter shares a source with the first, whose bytes have rotted."""
    (first,) = sealed(local(tmp_path), "2026-Q3")
    shared = first.file("project/ciso/kev.csv")
    assert shared is not None
    path = tmp_path / "objects" / shared.sha256[:2] / shared.sha256
    path.chmod(0o644)
    path.write_bytes(b"rotten")
    with pytest.raises(ArchiveError, match="not what its name says"):
        seal(local(tmp_path), request("2026-Q4"), stamp())
    assert len(open_archive(tmp_path).seals()) == 1


def test_nothing_is_added_behind_a_damaged_entry(tmp_path: Path) -> None:
    two_seals(tmp_path)
    entry = tmp_path / "entries/00000002.json"
    entry.chmod(0o644)
    entry.write_bytes(entry.read_bytes().replace(b"A. Example", b"B. Example"))
    with pytest.raises(ArchiveError, match="own hash does not hold"):
        seal(local(tmp_path), request("2027-Q1"), stamp())


def test_a_file_system_without_hard_links_relies_on_the_lock(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(1, os.strerror(1))

    monkeypatch.setattr(os, "link", refuse)
    sealed(local(tmp_path / "a"), "2026-Q3", "2026-Q4")
    assert found_both(tmp_path / "a") == set()
    with pytest.raises(PermissionError):
        local(tmp_path / "b").write_once("objects/x", [b"without the lock"])
