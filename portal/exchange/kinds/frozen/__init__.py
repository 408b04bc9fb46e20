"""What the approval of a report froze: its figures, its text, the frame of its paper, and the seal over all of it.

The records behind a figure have other ids in another portal, so they stay behind, and the figure says that it was
brought in. A seal is bound to the keys of a portal: a report is sealed anew, if it was intact where it came from and
came whole.

What the portal keeps as data stands in a cell as JSON, word for word. The rows of text and frame are gathered, and
written with the seal.
"""

from portal.exchange.kinds.frozen.figures import Figures
from portal.exchange.kinds.frozen.frame import Frame
from portal.exchange.kinds.frozen.seals import Seals
from portal.exchange.kinds.frozen.text import Text

__all__ = ["Figures", "Frame", "Seals", "Text"]
