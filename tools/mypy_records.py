"""A mypy plugin: what calls of `domain.core.ports.Records` name are fields of the record, and values have their types.

A call gets the signature it would have if `Records` were written anew for its record: a keyword for each field in place
of `**conditions` or `**fields`. So does a function of the domain that takes `**` and returns a record. What is handed
over as `**mapping` is known only when it runs.
"""

from collections.abc import Callable

from mypy import nodes
from mypy.errorcodes import CALL_ARG
from mypy.nodes import Expression, TypeInfo
from mypy.plugin import FunctionSigContext, MethodSigContext, Plugin
from mypy.typeops import try_getting_str_literals
from mypy.types import CallableType, Instance, TupleType, Type, TypeVarType, UnionType, get_proper_type
from mypy.types_utils import remove_optional

Context = MethodSigContext | FunctionSigContext
PORTS = "domain.core.ports"
RECORDS = {f"{PORTS}.Records", "storage.repository.Repository"}
RECORD = "domain.core.record.Record"
BILINGUAL = "domain.core.bilingual.Bilingual"


class RecordsPlugin(Plugin):
    """Hooked to the methods of `Records`, and to what takes `**fields`."""

    def get_method_signature_hook(self, fullname: str) -> Callable[[MethodSigContext], CallableType] | None:
        owner, _, method = fullname.rpartition(".")
        if owner not in RECORDS:
            return _changing if method == "set_workspace" else None
        asking = dict.fromkeys(("find", "one", "cached", "count"), self._asking)
        return {**asking, "pick": self._picking, "change": _changing, "change_all": _changing_all}.get(method)

    def get_function_signature_hook(self, fullname: str) -> Callable[[FunctionSigContext], CallableType] | None:
        return _changing if fullname.startswith("domain.") else None

    def _asking(self, ctx: MethodSigContext) -> CallableType:
        record = _record(ctx.type)
        if record is None:
            return ctx.default_signature
        for name, where in _literals(ctx, "order"):
            _check_name(ctx, record, name.removeprefix("-"), where)
        return _with_keywords(ctx, {name: self._condition(ctx, kind) for name, kind in _fields(record).items()})

    def _picking(self, ctx: MethodSigContext) -> CallableType:
        """A row is a tuple of the fields that are named, where all are written out."""
        signature, record, names = self._asking(ctx), _record(ctx.type), _literals(ctx, "names")
        rows = get_proper_type(signature.ret_type)
        if record is None or not isinstance(rows, Instance):
            return signature
        for name, where in names:
            _check_name(ctx, record, name, where)
        fields = _fields(record)
        if [where for _, where in names] != _given(ctx, "names") or not all(name in fields for name, _ in names):
            return signature
        row = TupleType([fields[name] for name, _ in names], _tuple_of(ctx, get_proper_type(rows.args[0])))
        return signature.copy_modified(ret_type=rows.copy_modified(args=[row]))

    def _condition(self, ctx: Context, kind: Type) -> Type:
        """What a field is compared with: its first text, if it has two; None only where it may have no value."""
        proper = get_proper_type(kind)
        if isinstance(proper, Instance) and proper.type.fullname == BILINGUAL:
            kind = ctx.api.named_generic_type("builtins.str", [])
        value = remove_optional(kind)
        limits = [Instance(self._port(name), [value]) for name in ("Before", "Since")]
        return UnionType.make_union([kind, _tuple_of(ctx, value), *limits, Instance(self._port("Present"), [])])

    def _port(self, name: str) -> TypeInfo:
        found = self.lookup_fully_qualified(f"{PORTS}.{name}")
        assert found is not None and isinstance(found.node, TypeInfo)
        return found.node


def _changing(ctx: Context) -> CallableType:
    """The record that is returned, or a change of it, takes the fields."""
    signature = ctx.default_signature
    if nodes.ARG_STAR2 not in signature.arg_kinds:
        return signature
    returned = get_proper_type(signature.ret_type)
    if isinstance(returned, TupleType) and returned.partial_fallback.type.fullname == f"{PORTS}.Changed":
        returned = get_proper_type(returned.items[0])  # the record before
    if isinstance(returned, TypeVarType):  # as that of the argument of this type
        same = [args[0] for kind, args in zip(signature.arg_types, ctx.args, strict=True) if kind == returned and args]
        returned = get_proper_type(ctx.api.get_expression_type(same[0])) if same else returned
    record = _record(returned)
    return signature if record is None else _with_keywords(ctx, _fields(record))


def _changing_all(ctx: MethodSigContext) -> CallableType:
    """Names only, and those of changes that are written where they are handed over."""
    record = _record(ctx.type)
    for key in [key for changes in ctx.args[0] for change in _written(changes) for key, _ in change.items]:
        if record and isinstance(key, nodes.StrExpr):
            _check_name(ctx, record, key.value, key)
    return ctx.default_signature


def _written(changes: Expression) -> list[nodes.DictExpr]:
    if isinstance(changes, nodes.ListComprehension):
        changes = nodes.ListExpr([changes.generator.left_expr])
    items = changes.items if isinstance(changes, nodes.ListExpr) else []
    return [item for item in items if isinstance(item, nodes.DictExpr)]


def _record(of: Type) -> TypeInfo | None:
    """The record that `Records[…]` holds, or the record itself; of a type variable what it is bound to."""
    of = get_proper_type(of)
    if isinstance(of, Instance) and of.type.fullname in RECORDS:
        of = get_proper_type(of.args[0])
    if isinstance(of, TypeVarType):
        of = get_proper_type(of.upper_bound)
    return of.type if isinstance(of, Instance) and of.type.has_base(RECORD) else None


def _fields(record: TypeInfo) -> dict[str, Type]:
    made = record.get_method("__init__")
    assert isinstance(made, nodes.FuncDef) and isinstance(made.type, CallableType)
    named = zip(made.type.arg_names, made.type.arg_types, strict=True)
    return {name: kind for name, kind in named if name and name != "self"}


def _with_keywords(ctx: Context, fields: dict[str, Type]) -> CallableType:
    """The signature with a keyword for each field in place of its `**`; beside a `**mapping` for those named only."""
    signature, call = ctx.default_signature, ctx.context
    fixed = [at for at, kind in enumerate(signature.arg_kinds) if kind != nodes.ARG_STAR2]
    names = [signature.arg_names[at] for at in fixed]
    further = {name: kind for name, kind in fields.items() if name not in names}
    if isinstance(call, nodes.CallExpr) and nodes.ARG_STAR2 in call.arg_kinds:
        further = {name: kind for name, kind in further.items() if name in call.arg_names}
    return signature.copy_modified(
        arg_names=[*names, *further],
        arg_kinds=[*(signature.arg_kinds[at] for at in fixed), *(nodes.ARG_NAMED_OPT for _ in further)],
        arg_types=[*(signature.arg_types[at] for at in fixed), *further.values()],
    )


def _given(ctx: MethodSigContext, formal: str) -> list[Expression]:
    names = ctx.default_signature.arg_names
    return ctx.args[names.index(formal)] if formal in names else []


def _literals(ctx: MethodSigContext, formal: str) -> list[tuple[str, Expression]]:
    """The strings that are known before it runs, and where they stand."""
    places = [place for given in _given(ctx, formal) for place in _ways(given)]
    found = [(place, try_getting_str_literals(place, ctx.api.get_expression_type(place))) for place in places]
    return [(name, place) for place, names in found for name in names or []]


def _ways(given: Expression) -> list[Expression]:
    """What `a if … else b` may be."""
    return [*_ways(given.if_expr), *_ways(given.else_expr)] if isinstance(given, nodes.ConditionalExpr) else [given]


def _check_name(ctx: MethodSigContext, record: TypeInfo, name: str, where: Expression) -> None:
    if name not in _fields(record):
        ctx.api.fail(f'"{name}" is no field of "{record.name}"', where, code=CALL_ARG)


def _tuple_of(ctx: Context, kind: Type) -> Instance:
    return ctx.api.named_generic_type("builtins.tuple", [kind])


def plugin(_version: str) -> type[Plugin]:
    """Where mypy comes in."""
    return RecordsPlugin
