"""Roll-outs in batches: one week by week, one with training, handbook and duties."""

from bot.example.base import Loading
from domain.core.bilingual import Bilingual
from domain.rollouts.record import Batch, Duty, Rollout


def load(loading: Loading) -> None:
    for rollout in (_week_by_week(loading), _with_training(loading)):
        loading.unit.of(Rollout).add(rollout, by="", at=loading.now)


def _week_by_week(loading: Loading) -> Rollout:
    departments = loading.departments
    return Rollout(
        name=Bilingual("Week by week", "逐周推广"),
        process_id=loading.processes["Sales order processing"],
        project_id=loading.projects["Sales order processing"],
        batches=(
            Batch(1, 1, (departments["Sales"],)),
            Batch(2, 2, (departments["Warehouse"],)),
            Batch(3, 3, note=Bilingual("The whole company", "全公司")),
        ),
    )


def _with_training(loading: Loading) -> Rollout:
    departments = loading.departments
    return Rollout(
        name=Bilingual("By regions and departments, with training", "分区域、分部门推广与培训"),
        process_id=loading.processes["Order fulfilment"],
        batches=(
            Batch(1, 2, (departments["Sales"],), Bilingual("six regions", "六个大区")),
            Batch(3, 4, (departments["Production"], departments["Warehouse"])),
        ),
        training=tuple(Batch(departments=(departments[name],)) for name in ("Production", "Purchasing", "Sales")),
        package=(Bilingual("Handbook", "流程执行手册"), Bilingual("Videos", "培训视频")),
        duties=(
            Duty(Bilingual("Improvement specialist", "流程优化专员"), Bilingual("trains", "负责培训")),
            Duty(Bilingual("IT", "IT 部"), Bilingual("configures", "负责系统配置")),
            Duty(Bilingual("Department heads", "部门负责人"), Bilingual("answer for it", "对推广结果负责")),
        ),
    )
