"""The OpenAPI description of what programs can call, made from the models that check it."""

from functools import cache
from typing import Any

from pydantic.json_schema import models_json_schema

from bot.http.push_models import ProblemDetails, PushedBatch, PushedReading, PushResult

PATH = "/api/kpis/{key}/readings"
REF = "#/components/schemas/{model}"
REFUSALS = {
    400: "The body is no JSON.",
    401: "The token is missing, unknown or revoked.",
    403: "The token's source may not push values of this KPI.",
    404: "There is no KPI with this key.",
    409: "The KPI is archived.",
    413: "The body is larger than 4 MB.",
    415: "The body is not announced as application/json.",
    422: "Some values do not fit; `errors` has each with its JSON pointer. Nothing was kept.",
    429: "Too many requests; Retry-After says how many seconds to wait.",
    503: "Nothing can be saved just now; the same request again is safe.",
}


@cache
def description() -> dict[str, Any]:
    models = (PushedReading, PushedBatch, PushResult, ProblemDetails)
    _, schemas = models_json_schema([(model, "validation") for model in models], ref_template=REF)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Gemba",
            "version": "1",
            "description": "Push values of KPIs. Periods are kept once: pushing the same again changes nothing.",
        },
        "paths": {PATH: {"post": _push()}},
        "components": {
            "schemas": schemas["$defs"],
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
    }


def _push() -> dict[str, Any]:
    return {
        "operationId": "pushReadings",
        "summary": "Push one value of a KPI, or up to 10,000",
        "security": [{"token": []}],
        "parameters": [
            {
                "name": "key",
                "in": "path",
                "required": True,
                "schema": {"type": "string"},
                "description": "The KPI's key, as /gemba kpi show NAME tells it.",
            }
        ],
        "requestBody": {"required": True, "content": _json({"oneOf": [_ref("PushedReading"), _ref("PushedBatch")]})},
        "responses": {
            "200": {"description": "Kept, judged, and on disk.", "content": _json(_ref("PushResult"))},
            **{str(status): _refusal(why) for status, why in REFUSALS.items()},
        },
    }


def _refusal(why: str) -> dict[str, Any]:
    return {"description": why, "content": {"application/problem+json": {"schema": _ref("ProblemDetails")}}}


def _json(schema: dict[str, Any]) -> dict[str, Any]:
    return {"application/json": {"schema": schema}}


def _ref(model: str) -> dict[str, str]:
    return {"$ref": REF.format(model=model)}
