"""Runs calls through the official Python SDK, so that its requests and its results can be compared.

    official.py ORIGIN < calls > results

Each line of input is a call as the JavaScript client takes it, camelCase and all; each line of output
is what the SDK made of it: {"value": ...} or {"error": {...}}. Every third call uses the asynchronous
client. Absent fields are null, so that a reader knows which fields the SDK has at all.
"""

from __future__ import annotations

import asyncio
import dataclasses
import json
import sys
from typing import Any, Callable, Dict, List, Optional

from kavachos import KavachClient, KavachSyncClient
from kavachos.errors import KavachError
from kavachos.types import (
    AgentFilters,
    AuditFilters,
    AuthorizeRequest,
    CreateAgentInput,
    DelegateInput,
    ExportOptions,
    Permission,
    PermissionConstraints,
    UpdateAgentInput,
)

Json = Dict[str, Any]


def snake(name: str) -> str:
    return "".join("_" + char.lower() if char.isupper() else char for char in name)


def camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(word.capitalize() for word in rest)


# From JavaScript arguments to dataclasses.


def constraints(data: Optional[Json]) -> Optional[PermissionConstraints]:
    if data is None:
        return None
    fields = {snake(key): value for key, value in data.items()}
    window = fields.pop("time_window", None) or {}
    return PermissionConstraints(
        **fields,
        time_window_start=window.get("start"),
        time_window_end=window.get("end"),
    )


def permissions(items: Optional[List[Json]]) -> Optional[List[Permission]]:
    if items is None:
        return None
    return [Permission(item["resource"], item["actions"], constraints(item.get("constraints"))) for item in items]


def build(cls: Callable[..., Any], data: Json) -> Any:
    fields = {snake(key): value for key, value in data.items()}
    if "permissions" in fields:
        fields["permissions"] = permissions(fields["permissions"])
    return cls(**fields)


def maybe(cls: Callable[..., Any], args: List[Any]) -> List[Any]:
    return [build(cls, args[0])] if args and args[0] is not None else []


ARGUMENTS: Dict[str, Callable[[List[Any]], Any]] = {
    "agents.create": lambda a: [build(CreateAgentInput, a[0])],
    "agents.list": lambda a: maybe(AgentFilters, a),
    "agents.update": lambda a: [a[0], build(UpdateAgentInput, a[1])],
    "agents.authorize": lambda a: [a[0], build(AuthorizeRequest, a[1])],
    "authorize": lambda a: [a[0], build(AuthorizeRequest, a[1])],
    "auth.signUp": lambda a: [a[0]["email"], a[0]["password"], a[0].get("name")],
    "auth.signIn": lambda a: [a[0]["email"], a[0]["password"]],
    "auth.signOut": lambda a: a[:1],
    "auth.getSession": lambda a: a[:1],
    "auth.authorizeByToken": lambda a: [a[0], build(AuthorizeRequest, a[1])],
    "audit.query": lambda a: maybe(AuditFilters, a),
    "audit.queryPaginated": lambda a: maybe(AuditFilters, a),
    "audit.export": lambda a: maybe(ExportOptions, a),
    "delegation.create": lambda a: [build(DelegateInput, a[0])],
}


# From results back to JavaScript values.


def plain(value: Any) -> Any:
    if isinstance(value, list):
        return [plain(item) for item in value]
    if not dataclasses.is_dataclass(value):
        return value
    fields = {camel(f.name): plain(getattr(value, f.name)) for f in dataclasses.fields(value)}
    if isinstance(value, PermissionConstraints):
        window = {"start": fields.pop("timeWindowStart"), "end": fields.pop("timeWindowEnd")}
        fields["timeWindow"] = window if window["start"] or window["end"] else None
    return fields


def described(error: Exception) -> Json:
    if not isinstance(error, KavachError):
        return {"class": type(error).__name__, "message": str(error), "official": False}
    return {
        "class": type(error).__name__,
        "official": True,
        "code": error.code,
        "message": error.message,
        "statusCode": error.status_code,
        "details": error.details or None,
        "retryAfter": getattr(error, "retry_after", None),
    }


# The calls. What the JavaScript client takes per call, the SDK only takes per client.


def settings(origin: str, case: Json) -> Json:
    client = case.get("client") or {}
    options = case.get("options") or {}
    return {
        "base_url": origin + client.get("basePath", "/api/kavach"),
        "token": options.get("token", client.get("token")),
        "headers": {**(client.get("headers") or {}), **(options.get("headers") or {})},
        "timeout": 10.0,
    }


def method(client: Any, call: str) -> Callable[..., Any]:
    for name in call.split("."):
        client = getattr(client, snake(name))
    return client


async def run_async(origin: str, case: Json, args: List[Any]) -> Any:
    async with KavachClient(**settings(origin, case)) as client:
        return await method(client, case["call"])(*args)


def run_sync(origin: str, case: Json, args: List[Any]) -> Any:
    with KavachSyncClient(**settings(origin, case)) as client:
        return method(client, case["call"])(*args)


def run(origin: str, case: Json, asynchronous: bool) -> Json:
    # A mistake of this program must not look like a result of the SDK, so arguments are built outside.
    args = ARGUMENTS.get(case["call"], lambda a: a[:1])(case["args"])
    try:
        if asynchronous:
            return {"value": plain(asyncio.run(run_async(origin, case, args)))}
        return {"value": plain(run_sync(origin, case, args))}
    except Exception as error:  # noqa: BLE001 – whatever it raises is the result
        return {"error": described(error)}


def main() -> None:
    origin = sys.argv[1]
    for index, line in enumerate(sys.stdin):
        print(json.dumps(run(origin, json.loads(line), index % 3 == 2)), flush=True)


if __name__ == "__main__":
    main()
