"""Who holds office in the example: every name is made up. A role ends with its unit and goes on in the next one."""

from collections.abc import Iterator
from dataclasses import dataclass

from portal.organisation.models import Role

officer, chief, leader = Role.POLICE_OFFICER, Role.POLICE_CHIEF, Role.COMMUNE_LEADER
village_head, helper = Role.VILLAGE_HEAD, Role.TEAM_MEMBER


@dataclass(frozen=True)
class Official:
    """Somebody with an account: *unit* is the short code of a force or village of the commune, empty for the commune.

    *deputy_of* is the user name of whom they act for.
    """

    username: str
    full_name: str
    title: str
    address_word: str
    role: Role
    unit: str = ""
    deputy_of: str = ""


OFFICIALS: tuple[Official, ...] = (
    Official(
        "administrator", "Huỳnh Ngọc Bảo", "Công chức Văn hóa – Xã hội, phụ trách máy chủ", "anh", Role.ADMINISTRATOR
    ),
    Official("police_chief", "Phan Đình Luân", "Trung tá, Trưởng Công an xã", "anh", chief, "CA"),
    Official("commune_leader", "Lê Trọng Khôi", "Chủ tịch UBND xã, Trưởng ban Chỉ đạo", "anh", leader, "UB"),
    Official("y_hlen_nie", "Y Hlen Niê", "Phó Chủ tịch UBND xã", "chị", leader, "UB", deputy_of="commune_leader"),
    Official("police_officer", "Võ Hữu Thanh", "Đại úy, cán bộ Công an xã", "anh", officer, "CA"),
    Official("a_nhuin", "A Nhuin", "Thượng úy, cán bộ Công an xã", "anh", officer, "CA"),
    Official("tran_thi_dieu", "Trần Thị Diệu", "Trung úy, cán bộ Công an xã", "chị", officer, "CA"),
    Official("military_command", "Bùi Xuân Tạo", "Chỉ huy trưởng Ban CHQS xã", "anh", Role.MILITARY_COMMAND, "QS"),
    Official(
        "border_guard", "Hoàng Đức Nhượng", "Thiếu tá, Đội trưởng Đội công tác địa bàn", "anh", Role.BORDER_GUARD, "BP"
    ),
    Official("office_clerk", "Đặng Thu Trà", "Công chức Văn phòng – Thống kê", "chị", Role.OFFICE_CLERK, "UB"),
    Official("province_viewer", "Phạm Thanh Sơn", "Chuyên viên Văn phòng UBND tỉnh", "anh", Role.PROVINCE_VIEWER),
    Official("inspector", "Ngô Bá Thiện", "Kiểm sát viên", "ông", Role.INSPECTOR),
    Official("thao_hlum", "Thao Hlum", "Trưởng thôn Đăk Mế", "ông", village_head, "DME"),
    Official("a_xeng", "A Xeng", "Trưởng thôn Iệc", "ông", village_head, "IEC"),
    Official("do_van_phung", "Đỗ Văn Phụng", "Trưởng thôn Măng Tôn", "ông", village_head, "MTO"),
    Official("a_dul", "A Dul", "Trưởng thôn Kon Khôn", "ông", village_head, "KKH"),
    Official("village_head", "Nguyễn Đình Cửu", "Trưởng thôn Bắc Phong", "ông", village_head, "BPH"),
    Official("tran_xuan_lieu", "Trần Xuân Liệu", "Trưởng thôn Ngọc Hải", "ông", village_head, "NHA"),
    Official("y_ngao", "Y Ngao", "Trưởng thôn Tà Ka", "bà", village_head, "TKA"),
    Official("pham_ba_hoa", "Phạm Bá Hòa", "Trưởng thôn Ngọc Tân", "ông", village_head, "NTA"),
    Official("team_member", "Lương Văn Thiết", "Tổ bảo vệ ANTT thôn Bắc Phong", "anh", helper, "BPH"),
    Official("thao_pon", "Thao Pôn", "Chi hội Cựu chiến binh thôn Đăk Mế", "ông", helper, "DME"),
    Official("y_nhon", "Y Nhơn", "Chi hội Phụ nữ thôn Iệc", "chị", helper, "IEC"),
    Official("dinh_van_quang", "Đinh Văn Quảng", "Ban công tác Mặt trận thôn Măng Tôn", "ông", helper, "MTO"),
    Official("a_thut", "A Thút", "Chi hội Nông dân thôn Kon Khôn", "anh", helper, "KKH"),
    Official("doan_thi_man", "Đoàn Thị Mận", "Chi hội Phụ nữ thôn Ngọc Hải", "chị", helper, "NHA"),
    Official("a_bih", "A Bih", "Chi đoàn Thanh niên thôn Tà Ka", "anh", helper, "TKA"),
    Official("ho_thi_sau", "Hồ Thị Sáu", "Chi hội Phụ nữ thôn Ngọc Tân", "chị", helper, "NTA"),
)

NEIGHBOURS: tuple[Official, ...] = (
    Official("dn.administrator", "Tạ Quang Hiển", "Công chức Văn hóa – Xã hội", "anh", Role.ADMINISTRATOR),
    Official("dn.police_chief", "Mai Đức Vận", "Thiếu tá, Trưởng Công an xã", "anh", chief, "CA"),
    Official("dn.commune_leader", "Kiều Minh Tấn", "Chủ tịch UBND xã", "anh", leader, "UB"),
    Official("dn.police_officer", "A Tuyên", "Thượng úy, cán bộ Công an xã", "anh", officer, "CA"),
    Official("dn.village_head", "Y Rê", "Trưởng thôn Đồi Thông", "bà", village_head, "DTH"),
    Official("dn.y_ke", "Y Kê", "Chi hội Phụ nữ thôn Đồi Thông", "chị", helper, "DTH"),
    Official("dn.inspector", "Cao Văn Ngạn", "Kiểm sát viên", "ông", Role.INSPECTOR),
)


def everybody() -> Iterator[Official]:
    yield from OFFICIALS
    yield from NEIGHBOURS
