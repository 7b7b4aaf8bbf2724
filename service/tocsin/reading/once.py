"""A value worked out once, when it is first asked for.

`functools.cached_property` takes a lock at each first look (until Python 3.12), which costs more
than most of what reading keeps this way.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, TypeVar

T = TypeVar("T")


class once(Generic[T]):  # noqa: N801 — it is written above a method, as `property` is
    """Make a method an attribute that is worked out at its first look and then kept."""

    def __init__(self, make: Callable[[Any], T]) -> None:
        self._make = make
        self._name = make.__name__
        self.__doc__ = make.__doc__

    def __get__(self, instance: Any, owner: type | None = None) -> T:
        # What stands in the instance's own dictionary is found before this is asked again.
        value = instance.__dict__[self._name] = self._make(instance)
        return value
