"""A regime with the numbers, readings and days off that hold somewhere: it answers all its questions by them."""

from collections.abc import Callable
from functools import lru_cache, partial
from inspect import signature
from types import ModuleType
from typing import Any

from portal.law.rule import Parameters


class Bound:
    """Asked as the module of the regime is, without its parameters. Two are one only if they are the same object.

    Whatever the regime does not know, such as `refuse_cut` of a residence ban, raises AttributeError here too.
    """

    def __init__(self, regime: ModuleType, parameters: Parameters) -> None:
        self._regime, self.PARAMETERS = regime, parameters

    def __getattr__(self, name: str) -> Any:
        asked = getattr(self._regime, name)
        answer = partial(asked, parameters=self.PARAMETERS) if _takes_parameters(asked) else asked
        setattr(self, name, answer)
        return answer


@lru_cache(maxsize=512)
def _takes_parameters(asked: Callable[..., Any] | object) -> bool:
    return callable(asked) and not isinstance(asked, type) and "parameters" in signature(asked).parameters
