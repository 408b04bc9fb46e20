"""Items that lie side by side in a parcel and are alike but for one answer: they can be done as one deed."""

from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from itertools import groupby

from portal.engine.sync import PhoneForm
from portal.offline.parcel import Damaged, Item

Sent = Item | Damaged
Writer = Callable[[Item], Hashable]


def neighbours(
    items: Sequence[Sent], forms: Mapping[str, PhoneForm], writer: Writer
) -> Iterator[tuple[PhoneForm | None, list[Sent]]]:
    """Part items into runs, in their order. The form goes with those runs that can be one deed.

    *writer* tells as whom an item is written, and None of one that stands alone. An id that comes twice does as well:
    what the second is depends on what became of the first.
    """
    often = Counter(one.id for one in items)

    def likeness(item: Sent) -> Hashable:
        return None if isinstance(item, Damaged) or often[item.id] > 1 else _likeness(item, forms, writer)

    for alike, run in groupby(items, likeness):
        some = list(run)
        first = some[0]
        yield (forms[first.form] if alike is not None and isinstance(first, Item) and len(some) > 1 else None), some


def _likeness(item: Item, forms: Mapping[str, PhoneForm], writer: Writer) -> Hashable:
    """What neighbours have in common: all but the one answer in which they differ, which each gives once."""
    form = forms.get(item.form)
    if form is None or form.alike is None:
        return None
    common = tuple(one for one in item.typed if one[0] != form.alike.by)
    if len(common) != len(item.typed) - 1:
        return None
    who = writer(item)
    return None if who is None else (item.form, item.about, item.acting, who, common)
