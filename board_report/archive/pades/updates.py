"""Prove, object by object, that what was appended to a signed PDF only adds proof and signatures.

The rules, for each revision after the signed one:

- it removes no object, and every object it defines lies in the bytes that it appended;
- an object that existed before is written as before, or is one of the few that an added
  signature must change: the catalog (``/DSS``, ``/AcroForm``, ``/Extensions``), the form and its
  list of fields, the list of annotations of a page, and the store of proof (DSS) itself; in each
  of them everything that stood there still stands there;
- nothing else of the document refers to such an object, so that it has no second role;
- nothing of the document refers to an object that is new, so that no gap is filled later;
- a new field is a signature field without size, look or action.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from pyhanko.pdf_utils import generic

from board_report.archive.pades.history import TRAILER, History, HistoryError, same

SIGNATURE = "another signature"
TIMESTAMP = "a document timestamp"
_TRAILER_KEYS = frozenset(
    {
        *("/Size", "/Prev", "/Root", "/Info", "/ID", "/Type", "/W", "/Index"),
        *("/Filter", "/DecodeParms", "/Length"),
    }
)
_FIELD_KEYS = frozenset(
    {
        *("/Type", "/Subtype", "/FT", "/T", "/TU", "/V", "/Rect", "/F", "/P", "/Ff", "/Border"),
        *("/Contents",),
    }
)
_STORE_LISTS = ("/Certs", "/OCSPs", "/CRLs")


class Update:
    """One revision, held against the one before it."""

    def __init__(self, history: History, revision: int, span: tuple[int, int]) -> None:
        """Prepare to explain a revision.

        Args:
            history: of the file.
            revision: the one to explain; not the first.
            span: the bytes of the file that it appended.
        """
        self._history = history
        self._new = revision
        self._old = revision - 1
        self._span = span
        self._explained: dict[int, set[int]] = {}
        self._added: list[str] = []

    def explain(self) -> tuple[str, ...]:
        """What it adds, in words.

        Raises:
            HistoryError: something in it cannot be explained as an addition of proof.
        """
        defined = self._history.changed(self._new)
        self._check_places(defined)
        self._check_trailer()
        overwritten = {each for each in defined if self._history.exists(each, self._old)}
        changed = {each for each in overwritten if not self._is_as_before(each)}
        self._walk_catalog()
        unexplained = sorted(changed - self._explained.keys())
        if unexplained:
            raise HistoryError(f"it changes {self._named(unexplained)}")
        self._check_referrers(changed, defined - overwritten)
        return tuple(self._added) or ("nothing that shows",)

    # --- checks of the whole ---------------------------------------------------------------------

    def _check_places(self, defined: Iterable[int]) -> None:
        begin, end = self._span
        for number in defined:
            if not begin <= self._history.starts_at(number, self._new) < end:
                raise HistoryError(f"object {number} lies outside of what was appended")

    def _check_trailer(self) -> None:
        old, new = self._history.trailer(self._old), self._history.trailer(self._new)
        strange = set(new) - _TRAILER_KEYS - set(old)
        if strange:
            raise HistoryError(f"its trailer has {', '.join(sorted(strange))}")
        for key in ("/Root", "/Info", "/Encrypt"):
            if (key in old) != (key in new) or (
                key in old and not same(old.raw_get(key), new.raw_get(key))
            ):
                raise HistoryError(f"its trailer changes {key}")

    def _is_as_before(self, number: int) -> bool:
        return same(self._history.value(number, self._old), self._history.value(number, self._new))

    def _check_referrers(self, changed: set[int], fresh: set[int]) -> None:
        found = self._history.referrers(changed | fresh, self._old)
        for number in sorted(fresh & found.keys()):
            raise HistoryError(f"the document refers to object {number}, which it only gets now")
        for number in sorted(changed):
            allowed = self._explained[number]
            if ANYBODY in allowed:
                continue
            others = sorted(found.get(number, set()) - allowed)
            if others:
                raise HistoryError(
                    f"object {number}, which it changes, is also used by object {others[0]}"
                )

    def _named(self, numbers: list[int]) -> str:
        words = []
        for number in numbers[:5]:
            value = self._history.value(number, self._old)
            kind = value.get("/Type", "") if isinstance(value, generic.DictionaryObject) else ""
            words.append(f"object {number}{f' ({str(kind)[1:]})' if kind else ''}")
        more = f" and {len(numbers) - 5} more" if len(numbers) > 5 else ""
        return ", ".join(words) + more

    # --- the few places where something may change -----------------------------------------------

    def _walk_catalog(self) -> None:
        root = self._history.trailer(self._new).raw_get("/Root")
        if not isinstance(root, generic.IndirectObject):
            raise HistoryError("the catalog is not an object of its own")
        old, new = self._both(root)
        self._allow(root, {TRAILER})
        self._only_these_differ(old, new, {"/DSS", "/AcroForm", "/Extensions"}, "the catalog")
        self._walk_form(old, new, root.idnum)
        self._walk_store(old, new, root.idnum)
        self._walk_extensions(old, new, root.idnum)

    def _walk_form(self, old_root: Any, new_root: Any, owner: int) -> None:
        old, new, owner = self._pair(old_root, new_root, "/AcroForm", owner)
        if new is None:
            return
        self._only_these_differ(old, new, {"/Fields", "/SigFlags"}, "the form")
        old_fields, new_fields, _ = self._pair(old, new, "/Fields", owner)
        for field in self._appended(old_fields, new_fields, "the list of fields"):
            self._check_field(field)

    def _check_field(self, reference: Any) -> None:
        number = self._fresh(reference, "a field")
        field = self._history.value(number, self._new)
        if not isinstance(field, generic.DictionaryObject) or field.raw_get("/FT") != "/Sig":
            raise HistoryError("it adds a field that is no signature")
        strange = sorted(set(field) - _FIELD_KEYS)
        if strange:
            raise HistoryError(f"it adds a signature field with {', '.join(strange)}")
        box = [float(each) for each in self._history.resolve(field.raw_get("/Rect"), self._new)]
        if box[0] != box[2] or box[1] != box[3]:
            raise HistoryError("it adds a signature field that can be seen")
        signature = self._history.resolve(field.raw_get("/V"), self._new)
        if not isinstance(signature, generic.DictionaryObject) or "/ByteRange" not in signature:
            raise HistoryError("it adds a signature field without a signature")
        self._added.append(TIMESTAMP if signature.get("/Type") == "/DocTimeStamp" else SIGNATURE)
        if "/P" in field:
            self._check_page(field.raw_get("/P"), number)

    def _check_page(self, page: Any, field: int) -> None:
        if not isinstance(page, generic.IndirectObject):
            raise HistoryError("it adds a field on no page")
        old, new = self._both(page)
        if not isinstance(old, generic.DictionaryObject) or old.get("/Type") != "/Page":
            raise HistoryError("it adds a field on something that is no page")
        # Pages are referred to from everywhere; what is added to one has no size.
        self._allow(page, {ANYBODY})
        self._only_these_differ(old, new, {"/Annots"}, "a page")
        before, after, _ = self._pair(old, new, "/Annots", page.idnum)
        for each in self._appended(before, after, "the annotations of a page"):
            if self._fresh(each, "an annotation") != field:
                raise HistoryError("it adds an annotation that is no signature")

    def _walk_store(self, old_root: Any, new_root: Any, owner: int) -> None:
        old, new, owner = self._pair(old_root, new_root, "/DSS", owner)
        if new is None:
            return
        grown = 0
        self._only_these_differ(old, new, {*_STORE_LISTS, "/VRI"}, "the store of proof")
        for key in _STORE_LISTS:
            before, after, _ = self._pair(old, new, key, owner)
            for each in self._appended(before, after, "the store of proof"):
                if not isinstance(
                    self._history.value(self._fresh(each, "proof"), self._new),
                    generic.StreamObject,
                ):
                    raise HistoryError("it adds to the store of proof what is no proof")
                grown += 1
        self._walk_index(old, new, owner)
        if grown:
            self._added.append(f"proof about certificates ({grown} items)")

    def _walk_index(self, old_store: Any, new_store: Any, owner: int) -> None:
        """The store's index by signature: entries may come, and be replaced by others."""
        old, new, owner = self._pair(old_store, new_store, "/VRI", owner)
        if new is None:
            return
        for key in set(old or ()) | set(new):
            if key not in new:
                raise HistoryError("it removes from the store of proof")
            before = old.raw_get(key) if old and key in old else None
            after = new.raw_get(key)
            if isinstance(after, generic.IndirectObject):
                if before is not None and same(before, after):
                    self._allow(after, {owner})
                else:
                    self._fresh(after, "an index")

    def _walk_extensions(self, old_root: Any, new_root: Any, owner: int) -> None:
        old, new, _ = self._pair(old_root, new_root, "/Extensions", owner)
        for key in old or ():
            if new is None or key not in new or not same(old.raw_get(key), new.raw_get(key)):
                raise HistoryError("it takes back an extension of the document")

    # --- small tools -----------------------------------------------------------------------------

    def _both(self, reference: Any) -> tuple[Any, Any]:
        return (
            self._history.resolve(reference, self._old),
            self._history.resolve(reference, self._new),
        )

    def _allow(self, reference: Any, referrers: set[int]) -> None:
        self._explained.setdefault(reference.idnum, set()).update(referrers)

    def _fresh(self, reference: Any, what: str) -> int:
        """The number of an object that only this revision brings."""
        if not isinstance(reference, generic.IndirectObject):
            raise HistoryError(f"it adds {what} that is not an object of its own")
        number: int = reference.idnum
        if self._history.exists(number, self._old) or number not in self._history.changed(
            self._new
        ):
            raise HistoryError(f"it makes {what} out of object {number}, which is not new")
        return number

    def _pair(self, old: Any, new: Any, key: str, owner: int) -> tuple[Any, Any, int]:
        """What a key holds before and after, and the number of the object that holds it."""
        raw_old = old.raw_get(key) if old is not None and key in old else None
        raw_new = new.raw_get(key) if new is not None and key in new else None
        if raw_old is not None and raw_new is None:
            raise HistoryError(f"it removes {key}")
        holder = owner
        if isinstance(raw_new, generic.IndirectObject):
            holder = raw_new.idnum
            if raw_old is not None and same(raw_old, raw_new):
                self._allow(raw_new, {owner})
            else:
                self._fresh(raw_new, key)
        before = None if raw_old is None else self._history.resolve(raw_old, self._old)
        after = None if raw_new is None else self._history.resolve(raw_new, self._new)
        return before, after, holder

    def _only_these_differ(self, old: Any, new: Any, keys: set[str], what: str) -> None:
        if not isinstance(new, generic.DictionaryObject) or isinstance(new, generic.StreamObject):
            raise HistoryError(f"it replaces {what}")
        if old is None:
            strange = [key for key in new if key not in (keys | {"/Type"})]
        else:
            strange = [
                key
                for key in (set(old) | set(new)) - keys
                if not (key in old and key in new and same(old.raw_get(key), new.raw_get(key)))
            ]
        if strange:
            raise HistoryError(f"it changes {', '.join(sorted(strange))} of {what}")

    def _appended(self, old: Any, new: Any, what: str) -> list[Any]:
        """What a list has gained at its end; nothing may be lost or moved."""
        before = [] if old is None else [old.raw_get(at) for at in range(len(old))]
        if new is None:
            return []
        if not isinstance(new, generic.ArrayObject):
            raise HistoryError(f"it replaces {what}")
        after = [new.raw_get(at) for at in range(len(new))]
        kept = len(after) >= len(before) and all(
            same(one, other) for one, other in zip(before, after, strict=False)
        )
        if not kept:
            raise HistoryError(f"it takes something back in {what}")
        return after[len(before) :]


ANYBODY = -1
"""Stands for any object among those that may refer to a changed one."""
