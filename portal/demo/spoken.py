"""What is said and ordered at the meetings of the example. All of it is invented."""

REPORTS = {
    "police": (
        "Tình hình an ninh, trật tự ổn định; đề nghị các thôn nhắc người dân khai báo tạm trú.",
        "Phối hợp tuần tra theo kế hoạch; đề nghị Ban CHQS xã cử dân quân cùng trực cuối tuần.",
        "Người chấp hành án tại cộng đồng có mặt đầy đủ; hai người đề nghị được giới thiệu việc làm.",
    ),
    "military": (
        "Duy trì trực sẵn sàng chiến đấu, quân số trực đủ; phối hợp tuần tra chung theo kế hoạch.",
        "Đã huấn luyện dân quân năm thứ nhất; hỗ trợ các thôn phát quang đường tuần tra.",
        "Quản lý nguồn sẵn sàng nhập ngũ; chưa phát hiện vướng mắc ở cơ sở.",
    ),
    "border": (
        "Đường biên, mốc quốc giới được giữ vững; phối hợp tuyên truyền quy chế biên giới ở thôn Đăk Mế, thôn Iệc.",
        "Kiểm tra các lối mòn; nhắc nhở người dân không đưa xe máy qua lối mòn suối Đăk Ba.",
        "Cụm bản đối diện ổn định; duy trì trao đổi thông tin định kỳ.",
    ),
}
CONCLUDED = (
    "Tiếp tục giữ nền nếp phối hợp; các lực lượng chủ động nắm tình hình từ thôn.",
    "Các lực lượng trao đổi thông tin trong ngày khi có vụ việc; không để phát sinh điểm nóng.",
    "Tập trung tuyên truyền, vận động; rà soát các việc còn tồn từ kỳ trước.",
    "Giữ lịch tuần tra chung; báo cáo kết quả trước kỳ họp sau.",
)
AGREED = ("Nhất trí nội dung báo cáo.", "Nhất trí; tiếp tục theo dõi.", "Đồng ý với đề xuất của đơn vị.")
NO_CONCLUSION = "Chưa đủ số liệu; đơn vị bổ sung và báo cáo ở kỳ sau."
LAST_MINUTES = "Thống nhất biên bản kỳ trước, không có đính chính."

# What is ordered, and which force does it.
ORDERS = (
    ("Rà soát người tạm trú tại các nhà trọ", "CA"),
    ("Kiểm tra camera an ninh ở ngã ba Ngọc Hải", "CA"),
    ("Ký cam kết phòng cháy với các cơ sở còn lại", "CA"),
    ("Lập danh sách thanh niên cần giới thiệu việc làm", "UB"),
    ("Bố trí kinh phí xăng xe cho tuần tra chung", "UB"),
    ("Sửa loa truyền thanh thôn Kon Khôn", "UB"),
    ("Phát quang đường tuần tra mốc 788 đến 789", "QS"),
    ("Tổ chức huấn luyện dân quân phối hợp tuần tra", "QS"),
    ("Cử dân quân trực cùng Công an xã các đêm cuối tuần", "QS"),
    ("Tuyên truyền quy chế biên giới tại thôn Đăk Mế", "BP"),
    ("Kiểm tra lối mòn suối Đăk Ba", "BP"),
    ("Trao đổi thông tin với đồn đối diện về người qua lại", "BP"),
)
DONE = ("Đã thực hiện xong, có báo cáo kèm theo.", "Hoàn thành; đã báo cáo UBND xã.", "Đã làm xong, lưu hồ sơ.")
SUBSTITUTE = "Nguyễn Trọng Bình, cán bộ Đội công tác địa bàn"
MOVED = "Trùng lễ khai giảng năm học mới"
PLACE = "Hội trường UBND xã"
