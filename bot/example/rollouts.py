"""Roll-outs in batches: one week by week, one with training, handbook and duties."""

from bot.example.base import Loading
from domain.core.record import Line
from domain.rollouts.record import Batch, Duty, Rollout


def load(loading: Loading) -> None:
    for rollout in (_week_by_week(loading), _with_training(loading)):
        loading.unit.of(Rollout).add(rollout, by="", at=loading.now)


def _week_by_week(loading: Loading) -> Rollout:
    departments = loading.departments
    return Rollout(
        name="Week by week",
        name_zh="逐周推广",
        process_id=loading.processes["Sales order processing"],
        project_id=loading.projects["Sales order processing"],
        batches=(
            Batch(1, 1, (departments["Sales"],)),
            Batch(2, 2, (departments["Warehouse"],)),
            Batch(3, 3, note=Line("The whole company", "全公司")),
        ),
    )


def _with_training(loading: Loading) -> Rollout:
    departments = loading.departments
    return Rollout(
        name="By regions and departments, with training",
        name_zh="分区域、分部门推广与培训",
        process_id=loading.processes["Order fulfilment"],
        batches=(
            Batch(1, 2, (departments["Sales"],), Line("six regions", "六个大区")),
            Batch(3, 4, (departments["Production"], departments["Warehouse"])),
        ),
        training=tuple(Batch(departments=(departments[name],)) for name in ("Production", "Purchasing", "Sales")),
        package=(Line("Handbook", "流程执行手册"), Line("Videos", "培训视频")),
        duties=(
            Duty(Line("Improvement specialist", "流程优化专员"), Line("trains", "负责培训")),
            Duty(Line("IT", "IT 部"), Line("configures", "负责系统配置")),
            Duty(Line("Department heads", "部门负责人"), Line("answer for it", "对推广结果负责")),
        ),
    )
