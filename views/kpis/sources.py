"""What is said about databases that KPI values come from."""

from domain.core import Words
from domain.kpis.record import Kpi
from views.core import Language, blocks as b, bold
from views.kpis import pieces


def failed(kpi: Kpi, source: str, cause: Words, row: int, t: Language) -> b.Rendered:
    """To the data owner, once a cause; `row` of the answer, where it lies in one."""
    name = t.name(kpi.name)
    text = t.markup("{kpi}: its values could not be fetched from {source}.", kpi=bold(name), source=bold(source))
    why = t.markup("Tell who runs Gemba, or enter the value yourself. You hear of it again when the reason changes.")
    button = pieces.enter_button(kpi, name, t)
    reason = t("Row {row}: {reason}", row=str(row), reason=cause) if row else t.words(cause)
    return b.Rendered(text, [b.section(text, button), b.quote(reason), b.context(why)])
