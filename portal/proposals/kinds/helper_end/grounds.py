"""Why the task of a helper ends, and since when that is known."""

import enum
from collections.abc import Mapping

from portal.engine.text import _l


class EndOfHelp(enum.StrEnum):
    """The grounds on which somebody's help is ended or given to another."""

    TERM_ENDED = "term_ended"
    UNABLE = "unable"
    INEFFECTIVE = "ineffective"
    HELPER_DIED = "helper_died"
    HELPER_MOVED = "helper_moved"
    PERSON_DIED = "person_died"
    PERSON_MOVED = "person_moved"
    PRISON = "prison"


END_OF_HELP_NAMES = {
    EndOfHelp.TERM_ENDED: _l("The term has ended"),
    EndOfHelp.UNABLE: _l("The helper cannot go on"),
    EndOfHelp.INEFFECTIVE: _l("The help brings nothing"),
    EndOfHelp.HELPER_DIED: _l("The helper has died"),
    EndOfHelp.HELPER_MOVED: _l("The helper has moved or left the body"),
    EndOfHelp.PERSON_DIED: _l("The person has died"),
    EndOfHelp.PERSON_MOVED: _l("The person has moved to another commune"),
    EndOfHelp.PRISON: _l("The person serves prison"),
}
ON_PAPER: Mapping[EndOfHelp, str] = {
    EndOfHelp.TERM_ENDED: "đã hết thời gian chấp hành, không còn căn cứ phân công giúp đỡ",
    EndOfHelp.UNABLE: "người được phân công không còn điều kiện thực hiện nhiệm vụ",
    EndOfHelp.INEFFECTIVE: "việc giúp đỡ không đạt hiệu quả",
    EndOfHelp.HELPER_DIED: "người được phân công đã chết",
    EndOfHelp.HELPER_MOVED: "người được phân công đã chuyển nơi cư trú hoặc thôi tham gia tổ chức được phân công",
    EndOfHelp.PERSON_DIED: "người được giúp đỡ đã chết",
    EndOfHelp.PERSON_MOVED: "người được giúp đỡ đã chuyển đến cư trú tại địa phương khác",
    EndOfHelp.PRISON: "người được giúp đỡ đi chấp hành án phạt tù",
}
OF_HELPER = frozenset(
    {
        EndOfHelp.UNABLE,
        EndOfHelp.INEFFECTIVE,
        EndOfHelp.HELPER_DIED,
        EndOfHelp.HELPER_MOVED,
    }
)  # after which somebody else may help
