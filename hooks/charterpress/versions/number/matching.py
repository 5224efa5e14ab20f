"""Two texts of a charter → which principle of one is which of the other."""

from __future__ import annotations

from charterpress.model import Charter, Principle, Theme


def matched(old: Charter, new: Charter) -> dict[str, tuple[Theme, Principle]]:
    """Return the old theme and text of every principle of `new` that was in `old`, by its new id.

    The id decides, and for a principle that has another now, the ids it names under `formerly`; title, number
    and place never do. Where it names several that were there, the first of them in the old order is the one;
    where several principles name one, the first of those in the new order is: each old text goes on once.
    """
    before = {principle.id: (theme, principle) for theme, principle in old.principles()}
    found = {each.id: before[each.id] for _, each in new.principles() if each.id in before}
    taken = set(found)
    for _, principle in new.principles():
        if principle.id not in found:
            former = next((id for id in before if id in principle.formerly and id not in taken), None)
            if former is not None:
                found[principle.id] = before[former]
                taken.add(former)
    return found
