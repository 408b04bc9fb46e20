"""The accounts with which the example commune is tried out: one a role, with one password for all.

The sign-in page offers them while the example is loaded, and only then. The password guards invented data only.
"""

from dataclasses import dataclass

from portal.organisation.models import Role

DEMO_PASSWORD = "vach-va-moc-2024"  # noqa: S105 (known to everybody on purpose)


@dataclass(frozen=True)
class DemoAccount:
    """An account to try a role with."""

    role: Role
    full_name: str

    @property
    def username(self) -> str:
        """The user name is the role's."""
        return str(self.role)


# In the order in which somebody would like to try them.
DEMO_ACCOUNTS: tuple[DemoAccount, ...] = (
    DemoAccount(Role.POLICE_OFFICER, "Võ Hữu Thanh"),
    DemoAccount(Role.POLICE_CHIEF, "Phan Đình Luân"),
    DemoAccount(Role.COMMUNE_LEADER, "Lê Trọng Khôi"),
    DemoAccount(Role.VILLAGE_HEAD, "Nguyễn Đình Cửu"),
    DemoAccount(Role.TEAM_MEMBER, "Lương Văn Thiết"),
    DemoAccount(Role.MILITARY_COMMAND, "Bùi Xuân Tạo"),
    DemoAccount(Role.BORDER_GUARD, "Hoàng Đức Nhượng"),
    DemoAccount(Role.INSPECTOR, "Ngô Bá Thiện"),
    DemoAccount(Role.OFFICE_CLERK, "Đặng Thu Trà"),
    DemoAccount(Role.PROVINCE_VIEWER, "Phạm Thanh Sơn"),
    DemoAccount(Role.ADMINISTRATOR, "Huỳnh Ngọc Bảo"),
)
