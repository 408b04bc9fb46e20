"""The numbers that the communes of the example publish: those of the emergency services, and invented ones."""

from collections.abc import Iterator
from datetime import date
from functools import partial

from portal.demo.deeds import Deed, Scene, on
from portal.forces import actions
from portal.forces.actions import Number

EMERGENCY = (
    ("Cảnh sát", "113", "Khi có người đe dọa, hành hung, trộm cắp"),
    ("Chữa cháy, cứu nạn", "114", "Cháy, nổ, người mắc kẹt"),
    ("Cấp cứu", "115", "Người bị thương, ốm nặng"),
)
OF_COMMUNE = {
    "office_clerk": (
        ("Trực ban Công an xã", "02603500113", "Báo tin về an ninh, trật tự, ngày và đêm"),
        ("Trạm y tế xã", "02603500115", "Khám, sơ cứu"),
        ("Đồn Biên phòng", "02603500116", "Người lạ, việc lạ ở đường biên"),
    ),
    "dn.police_chief": (("Trực ban Công an xã Đăk Plô", "02603600113", "Báo tin về an ninh, trật tự"),),
}
SET_UP_ON = date(2026, 3, 2)


def published_numbers(today: date) -> Iterator[Deed]:
    """Each commune publishes its numbers once."""
    for by, numbers in OF_COMMUNE.items():
        if today >= SET_UP_ON:
            yield on(SET_UP_ON, 9, by, partial(publish, (*numbers, *EMERGENCY)))


def publish(numbers: tuple[tuple[str, str, str], ...], scene: Scene) -> None:
    acting = scene.actor.acting
    if acting is None:
        raise LookupError(f"{scene.actor.username} holds no office.")
    for position, (name, phone, purpose) in enumerate(numbers, start=1):
        actions.publish(acting.commune_id, Number(name, phone, purpose, position))
