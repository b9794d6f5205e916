#!/usr/bin/env python3
"""Check an archive of quarterly reports without the program that made it.

    python3 verify_archive.py FOLDER [--head HASH] [--json]

It needs Python 3.9 or newer and nothing else. It reads the folder, writes nothing, and uses no
network. It ends with 0 when nothing speaks against what was sealed, and with 2 when something does
or when the folder cannot be read. A "fault" speaks against what was sealed; a "notice" does not.

--head is the hash of an entry that was kept somewhere else. Only with it can anybody tell whether
entries at the end are missing, or whether the whole archive was made anew.

Nobody should write to the archive meanwhile. Signatures and time stamps that are kept in the
archive are not checked here.
"""

import argparse
import hashlib
import json
import os
import re
import stat
import sys
from datetime import date, datetime
from typing import Any, Dict, Iterator, List, Optional, Set, Tuple

Fields = Dict[str, Any]

FORMAT = "board-report archive entry"
FIELDS = {
    "format", "format_version", "number", "kind", "at", "by", "command", "previous", "body",
    "own_sha256",
}  # fmt: skip
ZEROS = "0" * 64
OURS = {"README.txt", "verify_archive.py", "index.sqlite", "index.sqlite-journal", "lock"}
ENTRY = re.compile(r"entries/([0-9]{8})\.json")
OBJECT = re.compile(r"objects/([0-9a-f]{2})/(\1[0-9a-f]{62})")
SHA = re.compile(r"[0-9a-f]{64}")
WORD = re.compile(r"[a-z][a-z0-9_-]{0,39}")
AT = re.compile(r"2[0-9]{3}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z")
SEALS = ("seal", "supersede")


class NoEntryError(Exception):
    """Why a file is no entry: a code and words."""


# --- canonical JSON: sorted keys, no blanks, UTF-8, whole numbers, one line end ------------------


def canonical(value: Any) -> bytes:
    """The one way in which a value is written."""
    check(value, 32)
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return (text + "\n").encode("utf-8")


def check(value: Any, depth: int) -> None:
    """Refuse what the format has not."""
    if depth < 0:
        raise ValueError("it is nested too deeply")
    if isinstance(value, bool) or value is None or isinstance(value, str):
        return
    if isinstance(value, int):
        if abs(value) > 2**53 - 1:
            raise ValueError("a number is too large")
    elif isinstance(value, list):
        for each in value:
            check(each, depth - 1)
    elif isinstance(value, dict):
        for each in value.values():
            check(each, depth - 1)
    else:
        raise ValueError("a number is not whole")


def whole(text: str) -> int:
    """A whole number of few enough digits."""
    if len(text.lstrip("-")) > 16:
        raise ValueError("a number is too large")
    return int(text)


def parse(data: bytes) -> Fields:
    """The object that canonical bytes hold."""
    try:
        value = json.loads(data.decode("utf-8"), parse_int=whole)
        is_same = isinstance(value, dict) and canonical(value) == data
    except (ValueError, RecursionError) as error:
        raise NoEntryError("entry-form", f"it is not canonical JSON ({error})") from error
    if not is_same:
        raise NoEntryError("entry-form", "it is not written in the one way")
    found: Fields = value
    return found


# --- reading the folder --------------------------------------------------------------------------


def list_names(folder: str) -> List[str]:
    """Everything below the folder that is no folder, by relative name."""
    found, waiting = [], [""]
    while waiting:
        prefix = waiting.pop()
        with os.scandir(os.path.join(folder, prefix)) as inside:
            for each in inside:
                name = prefix + each.name
                if each.is_dir(follow_symlinks=False):
                    waiting.append(name + "/")
                else:
                    found.append(name)
    return sorted(found)


def chunks(folder: str, name: str) -> Iterator[bytes]:
    """A plain file's bytes, part by part; an OSError for anything else."""
    path = os.path.join(folder, name)
    if not stat.S_ISREG(os.lstat(path).st_mode):
        raise OSError("it is not a plain file")
    with open(path, "rb") as stream:
        while True:
            part = stream.read(1 << 20)
            if not part:
                return
            yield part


def digest(folder: str, name: str) -> Tuple[str, int]:
    """SHA-256 and number of bytes."""
    running, size = hashlib.sha256(), 0
    for part in chunks(folder, name):
        running.update(part)
        size += len(part)
    return running.hexdigest(), size


def sha256(data: bytes) -> str:
    """Hexadecimal SHA-256."""
    return hashlib.sha256(data).hexdigest()


def printable(name: str) -> str:
    """A file's name with the bytes that are no text written out."""
    return name.encode("utf-8", "backslashreplace").decode("utf-8")


# --- entries -------------------------------------------------------------------------------------


def is_sha(value: Any) -> bool:
    """Whether it is a hash."""
    return isinstance(value, str) and SHA.fullmatch(value) is not None


def is_count(value: Any) -> bool:
    """Whether it is a whole number that is not below zero."""
    return type(value) is int and value >= 0


def is_word(value: Any) -> bool:
    """Whether it is a short word in lower case."""
    return isinstance(value, str) and WORD.fullmatch(value) is not None


def is_instant(value: Any) -> bool:
    """Whether it is a UTC time that exists."""
    if not isinstance(value, str) or not AT.fullmatch(value):
        return False
    try:
        datetime.strptime(value, "%Y-%m-%dT%H:%M:%SZ")
    except ValueError:
        return False
    return True


def is_safe(name: Any) -> bool:
    """Whether a file's name is relative and leads to no other folder."""
    if not isinstance(name, str) or not name or re.search(r"[\x00-\x1f\x7f\\:]", name):
        return False
    return all(part not in ("", ".", "..") for part in name.split("/"))


def is_file(each: Any) -> bool:
    """Whether an entry names a file as it must."""
    return (
        isinstance(each, dict)
        and set(each) == {"name", "sha256", "bytes", "role"}
        and is_safe(each["name"])
        and is_sha(each["sha256"])
        and is_count(each["bytes"])
        and is_word(each["role"])
    )


def read_entry(data: bytes) -> Fields:
    """The fields of an entry, once they are sure to be those of one."""
    fields = parse(data)
    if set(fields) != FIELDS or not is_sha(fields["own_sha256"]):
        raise NoEntryError("entry-form", "it has other fields than an entry has")
    if fields["format"] != FORMAT or fields["format_version"] != 1:
        raise NoEntryError("entry-form", "it is of a format that is not known here")
    rest = {key: each for key, each in fields.items() if key != "own_sha256"}
    if sha256(canonical(rest)) != fields["own_sha256"]:
        raise NoEntryError("entry-hash", "its own hash does not hold")
    files = fields["body"].get("files", []) if isinstance(fields["body"], dict) else None
    if not (
        isinstance(files, list)
        and is_count(fields["number"])
        and fields["number"] > 0
        and is_word(fields["kind"])
        and is_instant(fields["at"])
        and isinstance(fields["by"], str)
        and fields["by"]
        and isinstance(fields["command"], dict)
        and is_sha(fields["previous"])
        and all(map(is_file, files))
        and len({each["name"].casefold() for each in files}) == len(files)
    ):
        raise NoEntryError("entry-form", "a field is not what it must be")
    return fields


# --- what entries mean together ------------------------------------------------------------------


def said(body: Fields) -> bool:
    """Whether a reason is given."""
    return isinstance(body.get("reason"), str) and body["reason"].strip() != ""


def kept_until(at: str, years: int) -> str:
    """The last day of retention; a 29 February ends on 1 March."""
    day = date(int(at[:4]), int(at[5:7]), int(at[8:10]))
    try:
        return day.replace(year=day.year + years).isoformat()
    except ValueError:
        return date(day.year + years, 3, 1).isoformat()


class Record:
    """An entry that keeps files, as far as they were not deleted since."""

    def __init__(self, fields: Fields, until: Dict[str, str]) -> None:
        self.number = fields["number"]
        self.all_files = fields["body"]["files"]
        self.until = until
        self.quarter = str(fields["body"].get("quarter", ""))
        self.entity = str(fields["body"].get("entity", ""))
        self.pruned: Set[str] = set()

    def files(self) -> List[Fields]:
        """Those that must be there."""
        return [each for each in self.all_files if each["role"] not in self.pruned]


class State:
    """Where the entries so far lead to."""

    def __init__(self) -> None:
        self.records: Dict[int, Record] = {}
        self.holds: Dict[int, Tuple[str, str]] = {}
        self.latest: Dict[Tuple[str, str], int] = {}
        self.gone: Set[str] = set()

    def take(self, entry: Fields) -> Iterator[str]:
        """Apply one entry; yields what is wrong with what it says."""
        kind, body = entry["kind"], entry["body"]
        if (kind == "begin") != (entry["number"] == 1):
            yield "an archive begins with its first entry and no other"
        if kind == "hold":
            yield from self.hold(entry["number"], body)
        elif kind == "release":
            yield from self.release(body)
        elif kind == "prune":
            yield from self.prune(entry, body)
        elif kind in SEALS:
            yield from self.seal(entry, body)
        if body.get("files"):
            yield from self.keep(entry, body)

    def seal(self, entry: Fields, body: Fields) -> Iterator[str]:
        """A quarter is sealed once; each later seal says which it supersedes, and why."""
        quarter, entity = body.get("quarter"), body.get("entity")
        if not (isinstance(quarter, str) and quarter and isinstance(entity, str) and entity):
            yield "it names no quarter or no entity"
            return
        key = (quarter, entity)
        manifests = [each["sha256"] for each in body.get("files", []) if each["role"] == "manifest"]
        if manifests != [body.get("manifest_sha256")]:
            yield "the manifest that it names is not the one that it keeps"
        earlier, given = self.latest.get(key), body.get("supersedes")
        if entry["kind"] == "seal":
            if earlier is not None or given is not None:
                yield f"{key[0]} was sealed before, by entry {earlier}"
        elif not isinstance(given, dict) or given.get("entry") != earlier or not said(given):
            yield "it does not say which seal it takes the place of, and why"
        self.latest[key] = entry["number"]

    def keep(self, entry: Fields, body: Fields) -> Iterator[str]:
        """Files are kept; a seal says until when, by kind of record."""
        until: Optional[Dict[str, str]] = {}
        if "retention" in body or entry["kind"] in SEALS:
            until = self.retention(body.get("retention"), entry["at"])
            if until is None or set(until) != {each["role"] for each in body["files"]}:
                yield "it does not say rightly how long its files are kept"
        self.records[entry["number"]] = Record(entry, until or {})
        self.gone -= {each["sha256"] for each in body["files"]}

    @staticmethod
    def retention(given: Any, at: str) -> Optional[Dict[str, str]]:
        """Kind of record to its last day; None where it is not written as it must be."""
        if not isinstance(given, list):
            return None
        found: Dict[str, str] = {}
        for each in given:
            if not isinstance(each, dict) or set(each) != {"role", "years", "until"}:
                return None
            role, years = each["role"], each["years"]
            if not isinstance(role, str) or type(years) is not int or not 0 <= years <= 100:
                return None
            if role in found or each["until"] != kept_until(at, years):
                return None
            found[role] = each["until"]
        return found

    def hold(self, number: int, body: Fields) -> Iterator[str]:
        """Records that may not be deleted; an empty text means all."""
        quarter, entity = body.get("quarter"), body.get("entity")
        if not isinstance(quarter, str) or not isinstance(entity, str) or not said(body):
            yield "it does not say what is held, and why"
            return
        self.holds[number] = (quarter, entity)

    def release(self, body: Fields) -> Iterator[str]:
        """A hold ends."""
        number = body.get("hold")
        if type(number) is not int or number not in self.holds or not said(body):
            yield "it does not say which hold ends, and why"
            return
        del self.holds[number]

    def pruned(self, given: Any) -> Optional[Dict[int, List[str]]]:
        """Entry to kinds of record, where each is one that is still kept."""
        found: Dict[int, List[str]] = {}
        for each in given if isinstance(given, list) else ():
            if not isinstance(each, dict) or set(each) != {"entry", "roles"}:
                return None
            number, roles = each["entry"], each["roles"]
            if type(number) is not int or number in found or number not in self.records:
                return None
            if not isinstance(roles, list) or not roles:
                return None
            if not all(isinstance(one, str) for one in roles) or roles != sorted(set(roles)):
                return None
            if not set(roles) <= {one["role"] for one in self.records[number].files()}:
                return None
            found[number] = roles
        return found or None

    def prune(self, entry: Fields, body: Fields) -> Iterator[str]:
        """Files go once they need not be kept and nothing holds them; the entry stays."""
        pruned = self.pruned(body.get("pruned"))
        if pruned is None or not said(body):
            yield "it does not say what is deleted, and why"
            return
        for number, roles in pruned.items():
            record = self.records[number]
            for role in roles:
                last = record.until.get(role)
                if last is None or entry["at"][:10] <= last:
                    yield f"it deletes {role} of entry {number}, to be kept until {last}"
            for held, (quarter, entity) in self.holds.items():
                if quarter in ("", record.quarter) and entity in ("", record.entity):
                    yield f"it deletes files of entry {number}, which entry {held} holds"
        candidates = {
            each["sha256"]: each["bytes"]
            for number, roles in pruned.items()
            for each in self.records[number].files()
            if each["role"] in roles
        }
        for number, roles in pruned.items():
            self.records[number].pruned |= set(roles)
        still = self.needed()
        removed = [
            {"sha256": one, "bytes": size}
            for one, size in sorted(candidates.items())
            if one not in still
        ]
        if body.get("removed") != removed:
            yield "what it deletes is not what the pruned records alone used"
        self.gone |= {each["sha256"] for each in removed}

    def needed(self) -> Dict[str, Tuple[int, str]]:
        """Hash to the first use of each object that must be there."""
        found: Dict[str, Tuple[int, str]] = {}
        for record in self.records.values():
            for each in record.files():
                found.setdefault(each["sha256"], (record.number, each["name"]))
        return found


# --- the check -----------------------------------------------------------------------------------


class Check:
    """One check of one folder."""

    def __init__(self, folder: str) -> None:
        self.folder = folder
        self.names = list_names(folder)
        self.found: Set[Tuple[str, str, str, str]] = set()
        self.hashes: Dict[int, str] = {}
        self.first: Fields = {}
        self.state = State()
        self.bytes = self.objects = self.entries = 0

    def fault(self, code: str, where: str, what: str) -> None:
        """Something that speaks against what was sealed."""
        self.found.add((where, "fault", code, what))

    def notice(self, code: str, where: str, what: str) -> None:
        """Something that does not belong, and touches nothing that was sealed."""
        self.found.add((where, "notice", code, what))

    def run(self, head: str) -> None:
        """Everything; afterwards ``found`` has what was found."""
        for name in self.names:
            if name.startswith("incoming/"):
                self.notice("leftover", name, "an interrupted command left it")
            elif not (name in OURS or number_of(name) or OBJECT.fullmatch(name)):
                self.notice("stray", printable(name), "it is no part of an archive")
        self.check_entries()
        self.check_tools()
        self.check_objects()
        if not self.hashes and not any(map(number_of, self.names)):
            self.fault("no-entry", "entries", "there is no entry")
        if head and head.strip().lower() not in self.hashes.values():
            self.fault("head", "entries", f"no entry has the hash {head}, which was kept")

    def check_entries(self) -> None:
        """Each is an entry, has its number, and follows the one before it."""
        before = 0
        latest = ""
        for number in sorted(filter(None, map(number_of, self.names))):
            if number > before + 1:
                self.fault(
                    "entry-missing", entry_name(before + 1),
                    f"entries {before + 1} to {number - 1} are not there",
                )  # fmt: skip
            before = number
            entry = self.read_entry(number)
            if entry is None:
                continue
            self.entries += 1
            if number == 1:
                self.first = entry
            previous = ZEROS if number == 1 else self.hashes.get(number - 1)
            if previous is not None and entry["previous"] != previous:
                what = "it was written after another entry than the one before it"
                self.fault("entry-chain", entry_name(number), what)
            for what in self.state.take(entry):
                self.fault("entry-meaning", entry_name(number), what)
            if entry["at"] < latest:
                what = f"its time {entry['at']} lies before that of an earlier entry"
                self.notice("time-went-back", entry_name(number), what)
            latest = max(latest, entry["at"])

    def read_entry(self, number: int) -> Optional[Fields]:
        """One entry; None where it is none."""
        name = entry_name(number)
        try:
            data = b"".join(chunks(self.folder, name))
            self.hashes[number] = sha256(data)
            entry = read_entry(data)
        except OSError as error:
            self.fault("entry-unreadable", name, str(error))
            return None
        except NoEntryError as error:
            self.fault(error.args[0], name, error.args[1])
            return None
        if entry["number"] != number:
            self.fault("entry-number", name, f"it says that it is entry {entry['number']}")
            return None
        return entry

    def check_tools(self) -> None:
        """What stands at the top is what the archive began with."""
        tools = self.first["body"].get("tools") if self.first.get("kind") == "begin" else None
        for each in tools if isinstance(tools, list) else ():
            name = each.get("name") if isinstance(each, dict) else None
            if not isinstance(name, str) or not is_safe(name):
                continue
            if name not in self.names:
                self.fault("tool-missing", name, "it is not there")
                continue
            try:
                is_same = digest(self.folder, name)[0] == each.get("sha256")
            except OSError as error:
                self.fault("tool-unreadable", name, str(error))
                continue
            if not is_same:
                what = "it is not the file that the archive began with"
                self.fault("tool-differs", name, what)

    def check_objects(self) -> None:
        """Every object that must be there is, and is what its name says."""
        needed = self.state.needed()
        listed = {found[2] for found in map(OBJECT.fullmatch, self.names) if found}
        sizes: Dict[str, int] = {}
        for one, (number, as_name) in sorted(needed.items()):
            use = f"entry {number} keeps it as {as_name}"
            if one not in listed:
                self.fault("object-missing", object_name(one), "it is not there; " + use)
                continue
            self.objects += 1
            try:
                actual, sizes[one] = digest(self.folder, object_name(one))
            except OSError as error:
                self.fault("object-unreadable", object_name(one), f"{error}; {use}")
                continue
            self.bytes += sizes[one]
            if actual != one:
                del sizes[one]
                what = "its bytes have another hash; " + use
                self.fault("object-differs", object_name(one), what)
        for record in self.state.records.values():
            for each in record.files():
                size = sizes.get(each["sha256"], each["bytes"])
                if size != each["bytes"]:
                    what = f"{each['name']} has {size} bytes and not {each['bytes']}, as it says"
                    self.fault("entry-meaning", entry_name(record.number), what)
        noted = self.noted()
        for one in sorted(listed - set(needed)):
            name = object_name(one)
            if one in self.state.gone:
                self.notice("leftover", name, "it was deleted by an entry, and is still there")
            elif one in noted:
                self.notice("leftover", name, "an interrupted command left it")
            else:
                what = "no entry that can be read names it: one may be missing, or it was put here"
                self.fault("object-unnamed", name, what)

    def noted(self) -> Set[str]:
        """Objects that an interrupted command was about to write."""
        found: Set[str] = set()
        for name in self.names:
            if not (name.startswith("incoming/") and name.endswith(".intent")):
                continue
            try:
                note = parse(b"".join(chunks(self.folder, name)))
            except (OSError, NoEntryError):
                continue
            objects = note.get("objects")
            if (
                note.get("format") == "board-report archive intent"
                and isinstance(objects, list)
                and all(isinstance(each, str) for each in objects)
            ):
                found.update(objects)
        return found


def number_of(name: str) -> Optional[int]:
    """The number of an entry by its file's name; None where it is no entry's."""
    found = ENTRY.fullmatch(name)
    return int(found[1]) or None if found else None


def entry_name(number: int) -> str:
    """entries/00000012.json."""
    return f"entries/{number:08d}.json"


def object_name(one: str) -> str:
    """objects/ab/<sha256>."""
    return f"objects/{one[:2]}/{one}"


def main() -> int:
    """Check what the command line names, and print what was found."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", nargs="?", default=".")
    parser.add_argument("--head", default="", help="hash of an entry that was kept elsewhere")
    parser.add_argument("--json", action="store_true", help="print the result as JSON")
    chosen = parser.parse_args()
    try:
        one = Check(chosen.folder)
    except OSError as error:
        sys.stderr.write(f"{chosen.folder!a} cannot be read: {error.strerror}\n")
        return 2
    one.run(chosen.head)
    last = max(one.hashes, default=0)
    is_intact = all(each[1] != "fault" for each in one.found)
    result: Fields = {
        "intact": is_intact,
        "entries": one.entries,
        "objects": one.objects,
        "bytes": one.bytes,
        "head": {"number": last, "sha256": one.hashes.get(last, ZEROS)},
        "found": [
            {"where": where, "severity": severity, "code": code, "what": what}
            for where, severity, code, what in sorted(one.found)
        ],
    }
    if chosen.json:
        print(json.dumps(result, indent=1))
        return 0 if is_intact else 2
    for each in result["found"]:
        line = f"{each['where']}: {each['severity']} {each['code']}: {each['what']}."
        print("".join(one if one.isprintable() else ascii(one)[1:-1] for one in line))
    verdict = "intact" if is_intact else "NOT INTACT"
    print(
        f"{one.entries} entries and {one.objects} objects ({one.bytes} bytes) were read: {verdict}."
    )
    print(f"head: entry {last} {result['head']['sha256']}")
    if not chosen.head:
        print("No hash from elsewhere was given (--head): entries missing at the end do not show.")
    return 0 if is_intact else 2


if __name__ == "__main__":
    sys.exit(main())
