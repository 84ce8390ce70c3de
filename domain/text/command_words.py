"""The words of commands, each once: what code and English readers call it, and its Chinese and other spellings.

The nouns of `/gemba` stand where their routes are.
"""

from collections.abc import Iterable, Mapping, Sequence

from domain.text.likeness import nearest

SPELLINGS: dict[str, tuple[str, ...]] = {
    "box": ("意见箱",),
    "help": ("帮助", "?", "？"),
    "list": ("列表",),
    "show": ("查看",),
    "top": ("损失最大",),
    "add": ("添加", "新增", "新建"),
    "edit": ("修改", "编辑"),
    "done": ("完成",),
    "record": ("记录", "录入"),
    "archive": ("归档",),
    "unarchive": ("取消归档", "恢复"),
    "import": ("导入",),
    "export": ("导出",),
    "status": ("状态",),
    "summary": ("汇总",),
    "mine": ("我的",),
    "open": ("待处理",),
    "overdue": ("逾期",),
    "channel": ("频道",),
    "here": ("这里", "在这里"),
    "me": ("我",),
    "departments": ("部门",),
    "processes": ("流程",),
    "workspace": ("工作区",),
    "roles": ("角色",),
    "menu": ("菜单",),
    "hello": ("你好", "hi"),
}
"""The first spelling is the one that is shown. A spelling may stand for two words that are never offered together."""


Spellings = Mapping[str, Sequence[str]]


def word_of(typed: str, offered: Iterable[str], spellings: Spellings = SPELLINGS) -> str:
    """Which of the words offered is typed, in whichever spelling; empty where none is."""
    folded = typed.strip().casefold()
    return next((word for word in offered if folded == word or folded in spellings.get(word, ())), "")


def nearly(typed: str, offered: Iterable[str], spellings: Spellings = SPELLINGS) -> str:
    """The spelling of a word offered that was most likely meant; empty where nothing is like it."""
    return nearest(typed, (spelling for word in offered for spelling in (word, *spellings.get(word, ())))) or ""
