"""What is written into the records of the example, and the names of people whom the later years bring."""

from portal.cases.models import CaseType, GettingOn

OPENING = {
    CaseType.SUSPENDED_SENTENCE: "Nhận bản án, quyết định thi hành án treo; đề nghị mở hồ sơ giám sát, giáo dục.",
    CaseType.CONDITIONAL_RELEASE: "Nhận quyết định tha tù trước thời hạn có điều kiện; đề nghị mở hồ sơ quản lý.",
    CaseType.NON_CUSTODIAL_REFORM: "Nhận quyết định thi hành án phạt cải tạo không giam giữ; đề nghị mở hồ sơ.",
    CaseType.RESIDENCE_SUPERVISION: "Nhận hồ sơ thi hành án phạt quản chế; đề nghị mở hồ sơ kiểm soát, giáo dục.",
    CaseType.RESIDENCE_BAN: "Nhận hồ sơ thi hành án phạt cấm cư trú; đề nghị tiếp nhận, mở hồ sơ theo dõi.",
    CaseType.REINTEGRATION: "Nhận thông báo về người chấp hành xong án phạt tù; đề nghị lập hồ sơ quản lý, giúp đỡ.",
}
HELPER = "Người được đề nghị ở cùng thôn, có uy tín, đồng ý giúp đỡ."
OTHER_HELPER = "Người đang giúp đỡ đi làm xa dài ngày; đề nghị phân công người khác thay."
COMPLETION = "Đã hết thời hạn, chấp hành tốt nghĩa vụ; hồ sơ đã bàn giao để cấp giấy chứng nhận."
CLEARED = "Đã hết thời hạn theo dõi, đủ điều kiện đương nhiên được xóa án tích; đề nghị kết thúc hồ sơ."

MONTHS = (
    "Có mặt tại nơi cư trú, chấp hành đúng nghĩa vụ, nộp bản tự nhận xét đúng hạn.",
    "Chấp hành tốt quy định của địa phương; lao động ổn định cùng gia đình.",
    "Không vi phạm; tham gia họp thôn và ngày vệ sinh chung.",
    "Chấp hành nghiêm túc; gia đình xác nhận luôn có mặt ở nhà ngoài giờ làm.",
    "Không đi khỏi địa bàn khi chưa được phép; thái độ cầu thị, hợp tác.",
    "Làm ăn ổn định, quan hệ tốt với hàng xóm; không có đơn thư phản ánh.",
)
LATE_MONTH = "Nộp bản tự nhận xét chậm, đã nhắc nhở; các nghĩa vụ khác chấp hành tốt."
BROKEN_MONTH = "Có vi phạm nghĩa vụ, đã lập biên bản; cần tiếp tục giáo dục, theo dõi chặt."
LATE = "Nộp bản tự nhận xét quá hạn, có giải trình; đã nhắc nhở trực tiếp."
LATE_NOTE = "Nộp muộn, có giải trình bằng văn bản."
RETURNED = "Thiếu phần kê khai việc chấp hành nghĩa vụ và chữ ký của gia đình; đề nghị làm lại."
AGAIN = "Nộp lại sau khi bổ sung nội dung còn thiếu."
DEFICIENT = "Chưa ghi nơi làm việc và thời gian vắng mặt trong tháng."

VISITS = (
    "Gặp tại nhà, sức khỏe bình thường, đang làm rẫy cùng gia đình.",
    "Đến thăm, động viên; nhắc việc khai báo khi đi khỏi địa bàn.",
    "Trao đổi với gia đình và trưởng thôn; chưa phát hiện vấn đề gì.",
    "Gặp tại nơi làm việc; chủ cơ sở nhận xét chịu khó, đúng giờ.",
)
CALLS = (
    "Gọi điện nắm tình hình; đang ở nhà, không có vướng mắc.",
    "Gọi điện hỏi thăm việc làm; đang chờ kết quả tuyển dụng.",
    "Gọi điện nhắc lịch làm việc tháng sau; đã ghi nhận.",
)
RESULTS = (
    "Đã ổn định, gia đình xác nhận; không cần hỗ trợ thêm.",
    "Có tiến triển; tiếp tục theo dõi, động viên.",
    "Duy trì được việc làm, thu nhập đủ sống; chấp hành tốt quy định của địa phương.",
)
REPORTED = "Đã báo cáo bằng văn bản; bản lưu trong hồ sơ."
HELPED = (
    (GettingOn.GOOD, "Đến nhà hai lần, động viên làm nương; giúp làm lại giấy tờ tùy thân.", ""),
    (GettingOn.GOOD, "Gặp hằng tháng sau buổi họp thôn; rủ tham gia đội bóng của thôn.", ""),
    (GettingOn.FAIR, "Nói chuyện với gia đình; hướng dẫn vay vốn ngân hàng chính sách.", "Hay đi làm xa, về muộn."),
    (GettingOn.FAIR, "Giới thiệu việc làm ở tổ thợ xây trong thôn.", ""),
)  # how the person gets on, what was done, what the police should know
AGENCY, RECEIVED_BY = "Cơ quan thi hành án hình sự Công an tỉnh", "Cán bộ tiếp nhận hồ sơ thi hành án hình sự"
HANDED_OVER = "Hồ sơ giám sát, giáo dục\nBản tự nhận xét và bản nhận xét hằng tháng\nBản cam kết, biên bản tiếp nhận"
FILED = "Đã lập hồ sơ, lưu tại Công an xã."
BY_HAND = {
    **dict.fromkeys(("COM-RECEPTION-REPORT", "NCR-JOBLESS-CHAIN"), REPORTED),
    **dict.fromkeys(("SS-FILE", "NCR-FILE", "RS-FILE", "RB-FILE", "REI-FILE"), FILED),
    "SS-NOSHOW-7D.propose": "Đã gửi đề nghị kèm hai biên bản về việc không có mặt.",
    "HANDOVER": "Đã bàn giao hồ sơ, có biên bản giao nhận.",
    "RIGHT": "Đã họp xét: chưa đề nghị đợt này vì chưa đủ thành tích; xem lại đợt sau.",
}
TET = "Thăm hỏi, tặng quà nhân dịp Tết Nguyên đán."

# Given names that go with a family name and a middle name of either sex; local names stand alone.
FAMILY_NAMES = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Đỗ", "Bùi", "Vũ", "Ngô", "Hồ")
MIDDLE_OF_MEN, MIDDLE_OF_WOMEN = ("Văn", "Đức", "Công", "Hữu", "Minh"), ("Thị", "Thị Kim", "Thị Bích")
GIVEN_TO_MEN = ("Khoản", "Thiệm", "Nhuận", "Sảng", "Vịnh", "Đạm", "Thuyên", "Chức", "Huấn", "Lãng", "Toại", "Nghinh")
GIVEN_TO_WOMEN = ("Diễn", "Thoan", "Mùi", "Sen", "Nhài", "Lụa", "Thêu", "Vóc")
LOCAL_MEN = ("A Drin", "A Blăng", "A Nheo", "A Krôl", "A Vrinh", "A Hlơn", "A Tưng", "A Gyun")
LOCAL_WOMEN = ("Y Nhrâm", "Y Blinh", "Y Đrơi", "Y Krim", "Y Hriu", "Y Tơm")
