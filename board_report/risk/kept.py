"""A value that is made when it is first asked for, and kept."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, TypeVar, overload

Owner = TypeVar("Owner")
Value = TypeVar("Value")


class kept(Generic[Owner, Value]):
    """As ``functools.cached_property``, without its lock.

    Python 3.11 holds one lock for all instances of a class while such a value is made, so threads
    would make the tables of fifty quantities one after the other. Two threads that ask for the
    same one at once may both make it here, and make the same.
    """

    def __init__(self, make: Callable[[Owner], Value]) -> None:
        self._make = make
        self._name = make.__name__
        self.__doc__ = make.__doc__

    @overload
    def __get__(self, instance: None, owner: type[Any]) -> kept[Owner, Value]: ...

    @overload
    def __get__(self, instance: Owner, owner: type[Any]) -> Value: ...

    def __get__(self, instance: Owner | None, owner: type[Any]) -> kept[Owner, Value] | Value:
        """The value; Python asks here only until the instance has it."""
        if instance is None:
            return self
        value = self._make(instance)
        instance.__dict__[self._name] = value
        return value
