"""What was improved (T4), and a suggestion from the box."""

from datetime import date
from decimal import Decimal

from bot.example import base as on
from bot.example.base import Loading
from domain.cards.actions import post_card
from domain.lifecycle.numbers import next_number
from domain.optimizations.record import Effect, Optimization
from domain.suggestions.record import Suggestion, SuggestionMode


def load(loading: Loading) -> None:
    unit, now = loading.unit, loading.now
    optimization = unit.of(Optimization).add(
        Optimization(
            number=next_number(unit, Optimization),
            date=date(2024, 3, 15),
            process_id=loading.processes["Order fulfilment"],
            background="The pilot found scheduling too slow. 试点发现生产调度耗时过长。",
            measures=(
                "Scheduling module that pushes orders 增加调度模块，自动推送订单",
                "Priority flag for urgent orders 紧急订单设置优先级标识",
            ),
            effects=(
                Effect("Scheduling time 调度时间", before=Decimal(8), after=Decimal(3), unit="hours"),
                Effect("Order fulfilment cycle 订单履约周期", percent=Decimal(20)),
            ),
            owner=on.PLANNER,
            remarks="Rolled out to all of production. 已在生产部全面推广。",
            channel=on.PRODUCTION,
            by=on.LEAD,
        ),
        by=on.LEAD,
        at=now,
    )
    post_card(unit, optimization, on.PRODUCTION)
    suggestion = unit.of(Suggestion).add(
        Suggestion(
            number=next_number(unit, Suggestion),
            text="Customers hand in their papers twice when they return goods. 客户退货时需要重复提交资料。",
            mode=SuggestionMode.NAMED,
            author=on.SERVICE_AGENT,
            on=loading.now.date(),
        ),
        by=on.SERVICE_AGENT,
        at=now,
    )
    post_card(unit, suggestion, on.TRIAGE)
