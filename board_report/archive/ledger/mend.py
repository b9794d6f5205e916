"""After a writer died: clear away what it left, finish what it had recorded, and say so."""

from __future__ import annotations

from board_report.archive.ledger.chain import Chain, read_chain
from board_report.archive.ledger.entries import entry_name
from board_report.archive.ledger.intent import intended, is_intent, read_intent
from board_report.archive.ledger.store import INCOMING, Store, object_name


def mend(store: Store) -> tuple[str, ...]:
    """Bring an archive back to what its entries say; call it with the lock held.

    Nothing is touched where an entry is damaged: an object that seems to belong to nobody may be
    what that entry keeps.

    Returns:
        What was found and done, one sentence each; none where there was nothing to do.

    Raises:
        OSError: it cannot be done; the next writer tries again.
    """
    left = store.names(INCOMING)
    if not left:
        return ()
    names = store.names()
    chain = read_chain(store, names)
    there = set(names)
    unfinished = [each for each in sorted(chain.state.gone) if object_name(each) in there]
    if any(each.severity == "fault" for each in chain.faults):
        return (
            "An earlier command was interrupted, and an entry is damaged, so that nothing was "
            "cleared away. Run `board-report archive verify`.",
        )
    told = _finish_prune(store, unfinished) + _clear(store, chain, names, left)
    store.settle()
    return told


def _finish_prune(store: Store, unfinished: list[str]) -> tuple[str, ...]:
    for each in unfinished:
        store.remove(object_name(each))
    if not unfinished:
        return ()
    return (f"A prune was interrupted: its remaining {_objects(len(unfinished))} went now.",)


def _clear(store: Store, chain: Chain, names: list[str], left: list[str]) -> tuple[str, ...]:
    """Remove what no entry names and a note does, and then the notes themselves."""
    needed, there = chain.state.needed(), set(names)
    orphans = [
        each
        for each in sorted(intended(store, names) - needed.keys())
        if object_name(each) in there
    ]
    told = [_told(store, chain, each) for each in left if is_intent(each)]
    for each in orphans:
        store.remove(object_name(each))
    store.settle()
    for name in left:
        store.remove(name)
    if not told:
        told = ["An earlier command was interrupted before it recorded anything."]
    cleared = _objects(len(orphans)) if orphans else "what it had begun to write"
    return (*told, f"Cleared away: {cleared}.")


def _told(store: Store, chain: Chain, name: str) -> str:
    found = read_intent(store, name)
    number, kind = found.get("entry"), found.get("kind")
    if not isinstance(number, int):
        return "An earlier command was interrupted before it recorded anything."
    made = [each for each in chain.entries if each.number == number and each.kind == kind]
    if made and set(found["objects"]) <= {each.sha256 for each in made[0].files}:
        return f"A {kind} was interrupted after {entry_name(number)} was written: it is whole."
    return f"A {kind} was interrupted before it was recorded: nothing of it counts. Run it again."


def _objects(count: int) -> str:
    return "1 object" if count == 1 else f"{count} objects"
