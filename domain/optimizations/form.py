"""What is typed to log an optimization: what was done, and what it brought."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Self

from pydantic import Field, field_validator

from domain.core import FormErrors, UserError, Words, words
from domain.forms.asked import Asked, Menu
from domain.forms.base import Form, Longer, Text, cleaned, typed
from domain.measures.improvement import percent_of
from domain.measures.targets import same_unit
from domain.optimizations.record import Effect, Optimization
from domain.text.numbers import Quantity, measurable, quantity

MOST_EFFECTS, MOST_MEASURES = 5, 30
EFFECT_FIELDS = ("metric", "before", "after", "unit", "percent", "higher")
_NUMBERING = re.compile(r"^(?:\d{1,2}(?:[.)]\s+|[、）．]\s*)|[-*•·]\s+)")
"""What people put before the lines of a list; the card numbers them itself."""


def block(number: int, name: str) -> str:
    """The block id of a field of the `number`-th effect, counted from 1."""
    return f"effect_{number}_{name}"


def _measured(text: str) -> Quantity:
    amount = quantity(text)
    measurable(amount.value)
    return amount


def measures_in(text: str) -> tuple[str, ...]:
    """The measures, one a line, without the numbers or dashes that people put before them."""
    lines = (cleaned(_NUMBERING.sub("", line.strip())) for line in text.splitlines())
    return tuple(line for line in lines if line)


Measured = Annotated[Quantity, typed(_measured)]


class EffectForm(Form):
    """One effect: a figure before and after, or an improvement in percent. A unit may stand behind either figure."""

    metric: Annotated[Text, Field(min_length=1, max_length=100)]
    before: Measured | None = None
    after: Measured | None = None
    unit: Annotated[Text, Field(max_length=30)] = ""
    percent: Measured | None = None
    higher: tuple[str, ...] = ()

    @field_validator("percent")
    @classmethod
    def _in_percent(cls, value: Quantity | None) -> Quantity | None:
        if value is not None and value.unit not in ("", "%"):
            raise UserError("Give this in percent, such as 20 or 12.5 %.")
        return value

    def effect(self) -> Effect:
        """The effect, its figures in one unit. Raises FormErrors where they do not fit together."""
        before, after = self.before, self.after
        if before is None or after is None:
            return self._bare(before, after)
        unit = self.unit or before.unit or after.unit
        for name, written in (("before", before.unit), ("after", after.unit)):
            if written and not same_unit(written, unit):
                how = words(
                    "This is in {written}, the other in {unit}. Give both in one unit.", written=written[:20], unit=unit
                )
                raise FormErrors({name: how})
        effect = Effect(
            metric=self.metric,
            before=before.value,
            after=after.value,
            unit=unit[:30],
            higher_is_better=bool(self.higher),
        )
        return self._agreed(effect)

    def _bare(self, before: Quantity | None, after: Quantity | None) -> Effect:
        if before is not None or after is not None:
            missing = "after" if after is None else "before"
            raise FormErrors({missing: words("Give both figures, or leave both empty and give the percentage.")})
        if self.percent is None:
            raise FormErrors({"percent": words("Give the figures before and after, or the improvement in percent.")})
        return Effect(metric=self.metric, unit=self.unit, percent=self.percent.value)

    def _agreed(self, effect: Effect) -> Effect:
        """Where the percentage is given too, it must be what the figures come to, rounded or not."""
        worked_out = percent_of(effect)
        if self.percent is None:
            return effect
        if worked_out is None:
            return replace(effect, percent=self.percent.value)
        if abs(worked_out - self.percent.value) >= 1:
            said = words("The two figures come to {percent} %. Leave this empty, or correct them.", percent=worked_out)
            raise FormErrors({"percent": said})
        return effect


class OptimizationForm(Form):
    """The record T4. `effects` are gathered from the groups of the form that are filled in."""

    date: Annotated[date, Asked(words("Date"))]
    process: Annotated[int | None, Asked(words("Process"))] = None
    background: Annotated[Longer, Asked(words("Background"), placeholder=words("Why was it changed?"), lines=True)] = ""
    measures: Annotated[
        tuple[str, ...],
        typed(measures_in),
        Asked(
            words("Measures"),
            hint=words("One a line; they are numbered on the card."),
            placeholder=words("Scheduling module that pushes orders"),
            lines=True,
        ),
    ]
    effects: tuple[Effect, ...] = ()
    owner: Annotated[str, Asked(words("Owner"), menu=Menu.PERSON, optional=False)] = ""
    remarks: Annotated[Longer, Asked(words("Remarks"), lines=True)] = ""
    issue: Annotated[int | None, Asked(words("Which issue does it answer?"))] = None
    pilot: Annotated[int | None, Asked(words("From which pilot?"))] = None

    @field_validator("measures")
    @classmethod
    def _some(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        if not value:
            raise UserError("Please fill this in.")
        if len(value) > MOST_MEASURES:
            raise UserError("At most {limit} measures, please.", limit=MOST_MEASURES)
        return value

    @classmethod
    def read(cls, values: Mapping[str, Any]) -> Self:
        """Check the record and each of its effects; all that does not hold is said at once. Raises FormErrors."""
        problems: dict[str, Words] = {}
        effects = _effects(values, problems)
        try:
            form = super().read(values)
        except FormErrors as error:
            problems |= error.fields
        if problems:
            raise FormErrors(problems)
        return form.model_copy(update={"effects": effects})


def effect_in(values: Mapping[str, Any], number: int) -> Effect:
    """The `number`-th effect as it is typed. Raises FormErrors, by the names of its fields."""
    return EffectForm.read({name: values.get(block(number, name)) for name in EFFECT_FIELDS}).effect()


def percent_typed(values: Mapping[str, Any], number: int) -> Decimal | None:
    """What an effect that is still being typed comes to; None while it does not hold."""
    try:
        return percent_of(effect_in({**values, block(number, "metric"): "–"}, number))
    except FormErrors:
        return None


def typed_of(optimization: Optimization) -> dict[str, Any]:
    """What the form would hold for a record: block id → value."""
    values: dict[str, Any] = {
        "date": optimization.date.isoformat(),
        "process": _id(optimization.process_id),
        "background": optimization.background,
        "measures": "\n".join(optimization.measures),
        "owner": optimization.owner,
        "remarks": optimization.remarks,
        "issue": _id(optimization.issue_id),
        "pilot": _id(optimization.pilot_id),
    }
    for number, effect in enumerate(optimization.effects, 1):
        figures = {"before": effect.before, "after": effect.after, "percent": effect.percent}
        values |= {block(number, name): "" if value is None else format(value, "f") for name, value in figures.items()}
        values[block(number, "metric")], values[block(number, "unit")] = effect.metric, effect.unit
        values[block(number, "higher")] = ("higher",) if effect.higher_is_better else ()
    return values


def _id(record_id: int | None) -> str:
    return "" if record_id is None else str(record_id)


def _effects(values: Mapping[str, Any], problems: dict[str, Words]) -> tuple[Effect, ...]:
    effects = []
    for number in range(1, MOST_EFFECTS + 1):
        if number > 1 and not any(values.get(block(number, name)) for name in EFFECT_FIELDS):
            continue
        try:
            effects.append(effect_in(values, number))
        except FormErrors as error:
            problems |= {block(number, name): said for name, said in error.fields.items()}
    return tuple(effects)
