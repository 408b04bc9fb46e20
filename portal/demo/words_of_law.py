# ruff: noqa: E501 -- a text is read as one line
"""What is written at the steps of the law in the example: receptions, plans, breaches, courts. All of it is invented."""

ILL = "Gia đình báo bị sốt, có phiếu khám của trạm y tế; xin đến sau."
PRESENT = "{}, cán bộ Công an xã\nĐại diện Ban công tác Mặt trận thôn\nĐại diện gia đình"
SAID = "Đã nghe công bố, hiểu rõ quyền và nghĩa vụ; cam kết chấp hành, không có ý kiến khác."
PLAN = "Đã tiếp nhận, xác minh hoàn cảnh; đề nghị ban hành kế hoạch quản lý, giám sát, giáo dục."
SUMMARY = (
    "Sống cùng gia đình tại thôn, làm nông, thu nhập theo mùa vụ; chưa có tiền án khác. Cần giúp việc làm ổn định."
)
PARTNERS = "Ban công tác Mặt trận thôn: gặp gỡ, động viên hằng tháng\nGia đình: nhắc nhở, báo khi có việc đi xa"
TASKS = "Gặp riêng trong tuần đầu mỗi tháng; kiểm diện ngày 01–05; nhận và kiểm tra báo cáo hằng tháng; mỗi quý trao đổi với người giúp đỡ."
MORE_TASKS = f"{TASKS} Bổ sung: giới thiệu học nghề tại trung tâm giáo dục nghề nghiệp, theo dõi kết quả sau ba tháng."
PLAN_ANEW = "Người chấp hành án có nguyện vọng học nghề; đề nghị thay kế hoạch đang thực hiện."

# breaches and what followed
AWAY = "Vắng mặt tại nơi cư trú 03 ngày không xin phép, không khai báo tạm vắng."
AWAY_AGAIN = "Vắng mặt tại nơi cư trú 05 ngày không xin phép, đã được nhắc nhở bằng văn bản trước đó."
AWAY_STILL = "Không có mặt tại nơi cư trú, không nộp báo cáo tháng dù đã được triệu tập và nhắc nhở."
NO_REPORT = "Không nộp báo cáo tình hình chấp hành nghĩa vụ của tháng, không có lý do."
DUTY_AWAY, DUTY_REPORT = "Không đi khỏi nơi cư trú khi chưa được phép", "Báo cáo việc chấp hành nghĩa vụ hằng tháng"
ADMITS, WITNESS = "Thừa nhận việc vi phạm; hứa khắc phục.", "Đại diện Ban công tác Mặt trận thôn"
WARNED = "Chấm dứt ngay việc vi phạm nghĩa vụ nêu trên, chấp hành đầy đủ nghĩa vụ và viết bản kiểm điểm."
HANDED = "Giao trực tiếp tại trụ sở Công an xã, người nhận đã ký."
REVIEWED = "Tiếp tục vi phạm nghĩa vụ; đề nghị tổ chức kiểm điểm theo quy định."
INVITED = "Ủy ban Mặt trận Tổ quốc xã\nTrưởng thôn\nNgười được phân công giúp đỡ"
HEARD = "Nhận khuyết điểm; trình bày do đi làm thuê xa, không báo trước; hứa không tái phạm."
CONCLUDED = "Phê bình; yêu cầu viết cam kết, báo cáo hằng tuần trong một tháng. Nếu tiếp tục vi phạm sẽ đề nghị biện pháp theo luật."
FINED = "Vi phạm quy định về vắng mặt tại nơi cư trú trong thời gian thử thách; có biên bản."
TO_PRISON = "Đã kiểm điểm, đã nhắc nhở bằng văn bản mà vẫn cố ý vi phạm nghĩa vụ."
CANCELLED = "Cố ý vi phạm nghĩa vụ từ hai lần trở lên trong thời gian thử thách."
EVIDENCE = "Các biên bản vi phạm, văn bản nhắc nhở, biên bản kiểm điểm"
HELD_BACK, HELD_UNTIL = "Có thủ tục đề nghị buộc chấp hành hình phạt tù đang giải quyết.", "Tòa án đã ra quyết định."

# a move, a death, custody, a correction
MOVES_TO, MOVE_EVIDENCE = (
    "xã Hiệp Đức, thành phố Đà Nẵng",
    "Đơn xin chuyển nơi cư trú; xác nhận của gia đình vợ nơi đến",
)
MOVES = "Chuyển về sống cùng gia đình vợ, có chỗ ở ổn định và việc làm tại nơi đến."
GOES_ALONG = "Cơ quan thi hành án hình sự đã quyết định; đề nghị chuyển giao hồ sơ cho nơi cư trú mới."
FILE = "Hồ sơ giám sát, giáo dục\nBản cam kết, biên bản tiếp nhận\nBản nhận xét hằng tháng\nQuyết định cho thay đổi nơi cư trú"
NEW_POLICE, NEW_OFFICER = "Công an xã Hiệp Đức, thành phố Đà Nẵng", "Cán bộ tiếp nhận hồ sơ"
LEFT = "Hồ sơ đã lập trên giấy theo mẫu cũ và bàn giao toàn bộ cho nơi cư trú mới; không lập lại trên cổng."
DEATH_PAPER = "Trích lục khai tử số 07/TLKT-BS, UBND xã Bờ Y"
CUSTODY_PAPER, HELD_AT = "Thông báo tạm giữ của Công an tỉnh", "Nhà tạm giữ Công an tỉnh"
LEARNT = "Sức khỏe bình thường; bị tạm giữ để xác minh, chưa khởi tố."
BORN = "Giấy khai sinh bản chính ghi ngày sinh đầy đủ; trước đây chỉ có năm sinh."

# shortening
EFFORT = "Đã chấp hành một nửa thời gian thử thách, nhiều tiến bộ; thôn và người giúp đỡ nhận xét tốt."
BY_HAND = "Bổ sung nhận xét của người giúp đỡ và xác nhận về việc bồi thường."
REMARK = "Đề nghị nêu rõ căn cứ của số tháng đề nghị."
NOT_YET = "Chưa đủ căn cứ xác định nhiều tiến bộ; xem xét lại ở đợt sau."

# management of drug users
MANAGE = "Kết quả xét nghiệm dương tính, đã xác minh nơi cư trú; đề nghị quyết định quản lý."
MANAGED = "Đã hết thời hạn quản lý; không phát hiện tái sử dụng; đề nghị kết thúc quản lý."
ADDICTED = "Đã có kết quả xác định tình trạng nghiện; đề nghị dừng quản lý để áp dụng biện pháp khác."
DETERMINED = "17/KQ-TTYT"
DETERMINED_PAPER = "Phiếu kết quả xác định tình trạng nghiện số 17/KQ-TTYT ngày 19/05/2025 của Trung tâm Y tế huyện"
