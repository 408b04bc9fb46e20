"""A pledge as a paper to sign, in the look of NĐ 30/2020: written once for a village, filled in for each who signs."""

from collections.abc import Mapping

from portal.documents import issuers
from portal.documents.paper import Clause, Issuer, Paper, Signature
from portal.engine import clock
from portal.households.models import CampaignGoal, Establishment, Household, Signer

NAME = "BẢN CAM KẾT"
BLANK = "…" * 20
BOUND = "Nếu vi phạm những điều đã cam kết, tôi chịu trách nhiệm trước pháp luật và hương ước, quy ước của thôn"
OF_HOUSEHOLD = (
    Clause("Tôi là: {name}, chủ hộ số {number}, gồm {people} nhân khẩu."),
    Clause("Nơi ở: {where}."),
    Clause("Thay mặt gia đình, tôi xin cam kết thực hiện những điều sau:"),
)
OF_ESTABLISHMENT = (
    Clause("Tên cơ sở: {trade} (số {number})."),
    Clause("Ngành nghề: {business}. Địa chỉ: {where}."),
    Clause("Người đại diện: {name}."),
    Clause("Thay mặt cơ sở, tôi xin cam kết thực hiện những điều sau:"),
)


def written(goal: CampaignGoal, kind: type[Signer]) -> Paper:
    """What is signed in a village; the day is left to be written by hand."""
    village, campaign = goal.village, goal.campaign
    commune = issuers.commune_on(village.commune or village, clock.today())
    promises = [line.strip().replace("{", "(").replace("}", ")") for line in campaign.text.splitlines() if line.strip()]
    text = [
        *(OF_HOUSEHOLD if kind is Household else OF_ESTABLISHMENT),
        *(Clause(line, str(number)) for number, line in enumerate(promises, start=1)),
        Clause(BOUND),
    ]
    return Paper(
        issuer=Issuer("", (commune.name.upper(),), village.short_name), symbol="", number="", day=None, name=NAME,
        abstract=campaign.title, bases=(), text=text, recipients=(), signature=Signature(("NGƯỜI CAM KẾT",), "{name}"),
        beside=(Signature(("TRƯỞNG THÔN",)),), addressees=(f"UBND {commune.name}", f"Công an {commune.name}"),
        by_people=True,
    )  # fmt: skip


def row(signer: Signer) -> Mapping[str, str]:
    """What is filled in for one of them."""
    commune = signer.village.commune or signer.village
    where = f"{signer.village.name}, {issuers.commune_on(commune, clock.today()).name}"
    told = {"number": signer.number, "where": where}
    if isinstance(signer, Establishment):
        names = {"trade": signer.trade_name, "business": signer.business, "name": signer.owner or BLANK}
        return {**told, **names}
    return {**told, "name": signer.head, "people": f"{signer.people:02d}"}
