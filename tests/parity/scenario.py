"""A whole working day of the official Python SDK against a server of the sdk dialect.

    scenario.py BASE_URL

Goes through all 21 methods twice, with the synchronous and with the asynchronous client, and looks at
every result. Ends with a line that sums it up, or with status 1 and the step that failed. The server
must know the users user-123 and user-456.
"""

from __future__ import annotations

import asyncio
import csv
import inspect
import io
import json
import sys
import uuid
from datetime import datetime, timedelta, timezone
from typing import Any, Callable, Set

from kavachos import KavachClient, KavachSyncClient
from kavachos.errors import AuthenticationError, KavachError, NotFoundError
from kavachos.permissions import execute, rate_limited, read, read_write, with_approval
from kavachos.types import (
    AgentFilters,
    AuditFilters,
    AuthorizeRequest,
    CreateAgentInput,
    DelegateInput,
    ExportOptions,
    UpdateAgentInput,
)

METHODS = 21
PASSWORD = "correct horse battery staple"


class Failed(Exception):
    """A step that did not do what it should."""


class Day:
    """One client, the step it is at, and the methods it has used."""

    def __init__(self, kind: str, base_url: str, client_class: Callable[..., Any]) -> None:
        self.kind = kind
        self.base_url = base_url
        self.client_class = client_class
        self.client = client_class(base_url=base_url)
        self.step = "start"
        self.used: Set[str] = set()
        self.checks = 0

    async def call(self, name: str, *args: Any, token: str | None = None) -> Any:
        """Calls `agents.create` and the like; a result that must be awaited is awaited."""
        self.used.add(name)
        client = self.client if token is None else self.client_class(base_url=self.base_url, token=token)
        method = client
        for part in name.split("."):
            method = getattr(method, part)
        try:
            result = method(*args)
            return await result if inspect.isawaitable(result) else result
        finally:
            if client is not self.client:
                await settled(client.close())

    async def error(self, name: str, expected: type, *args: Any) -> KavachError:
        try:
            result = await self.call(name, *args)
        except expected as error:
            self.checks += 1
            return error
        raise Failed(f"{name} should raise {expected.__name__}, but returned {result!r}")

    def check(self, truth: bool, sentence: str) -> None:
        self.checks += 1
        if not truth:
            raise Failed(sentence)


async def settled(result: Any) -> None:
    if inspect.isawaitable(result):
        await result


async def people(day: Day) -> None:
    address = f"{uuid.uuid4()}@example.com"
    day.step = "sign up"
    opened = await day.call("auth.sign_up", address, PASSWORD, "Alice Größe")
    day.check(opened.user.email == address and opened.user.name == "Alice Größe", f"the account is {opened.user!r}")
    day.check(bool(opened.session.token), "signing up gives a session token")
    day.step = "sign up twice"
    await day.error("auth.sign_up", KavachError, address, PASSWORD)

    day.step = "sign in"
    signed = await day.call("auth.sign_in", address, PASSWORD)
    day.check(signed.user.id == opened.user.id, "signing in finds the same user")
    day.check(signed.session.user_id == opened.user.id, "the session belongs to the user")
    day.step = "sign in with a wrong password"
    await day.error("auth.sign_in", AuthenticationError, address, PASSWORD + "!")

    day.step = "get the session"
    token = signed.session.token
    session = await day.call("auth.get_session", token)
    day.check(session is not None and session.user_id == opened.user.id, f"the session is {session!r}")
    day.check(await day.call("auth.get_session", token=token) is not None, "the client's own token will do as well")
    day.check(await day.call("auth.get_session", "no-such-token") is None, "an unknown token has no session")

    day.step = "sign out"
    day.check(await day.call("auth.sign_out", token) is None, "signing out returns nothing")
    day.check(await day.call("auth.get_session", token) is None, "the session has ended")


async def identities(day: Day) -> tuple[Any, Any]:
    day.step = "create agents"
    soon = datetime.now(timezone.utc) + timedelta(days=2)
    lender = await day.call(
        "agents.create",
        CreateAgentInput(
            owner_id="user-123",
            name="lender ü 日本",
            type="autonomous",
            permissions=[
                read_write("mcp:github:*"),
                with_approval(execute("mcp:deploy:production")),
                rate_limited(read("mcp:slow"), 1),
            ],
            expires_at=soon.isoformat(timespec="milliseconds"),
            metadata={"team": "core"},
        ),
    )
    borrower = await day.call(
        "agents.create",
        CreateAgentInput(owner_id="user-456", name="borrower", type="service", permissions=[read("own:*")]),
    )
    day.check(lender.token.startswith("kv_"), "a new agent shows its token")
    day.check(lender.name == "lender ü 日本" and lender.status == "active", f"the agent is {lender!r}")
    day.check(lender.permissions[1].constraints.require_approval is True, "constraints come back")
    day.check(lender.permissions[2].constraints.max_calls_per_hour == 1, "rate limits come back")

    day.step = "list agents"
    filters = AgentFilters(user_id="user-123", status="active", type="autonomous")
    day.check(lender.id in [agent.id for agent in await day.call("agents.list", filters)], "the filters find the agent")
    services = await day.call("agents.list", AgentFilters(type="service"))
    day.check(borrower.id in [agent.id for agent in services], "the type filter finds the agent")
    day.check(lender.id not in [agent.id for agent in services], "the type filter leaves others out")
    everyone = {agent.id for agent in await day.call("agents.list")}
    day.check({lender.id, borrower.id} <= everyone, "without filters all are listed")
    day.check(await day.call("agents.list", AgentFilters(user_id="nobody")) == [], "an unknown user has no agents")

    day.step = "get an agent"
    found = await day.call("agents.get", lender.id)
    day.check(found is not None and found.name == lender.name, f"the agent is {found!r}")
    day.check(found.token != lender.token, "the token is shown only once")
    day.check(await day.call("agents.get", str(uuid.uuid4())) is None, "an unknown agent is None")
    day.check(await day.call("agents.get", "ü %zz?#") is None, "an odd id is None")

    day.step = "update an agent"
    changed = await day.call("agents.update", borrower.id, UpdateAgentInput(name="renamed", metadata={"k": "v"}))
    day.check(changed.name == "renamed" and changed.permissions == borrower.permissions, f"the agent is {changed!r}")
    await day.error("agents.update", NotFoundError, str(uuid.uuid4()), UpdateAgentInput(name="x"))
    return lender, borrower


async def decisions(day: Day, lender: Any) -> Any:
    repos = AuthorizeRequest("read", "mcp:github:repos", {"owner": "octo", "page": 1})
    day.step = "authorize by id"
    decision = await day.call("authorize", lender.id, repos)
    day.check(decision.allowed and bool(decision.audit_id), f"the decision is {decision!r}")
    day.check((await day.call("agents.authorize", lender.id, repos)).allowed, "both methods allow it")
    denied = await day.call("agents.authorize", lender.id, AuthorizeRequest("delete", "mcp:github:repos"))
    day.check(not denied.allowed and "No permission grants" in (denied.reason or ""), f"the decision is {denied!r}")
    approval = await day.call("authorize", lender.id, AuthorizeRequest("execute", "mcp:deploy:production"))
    day.check(not approval.allowed and "approval" in (approval.reason or ""), f"the decision is {approval!r}")
    slow = [await day.call("authorize", lender.id, AuthorizeRequest("read", "mcp:slow")) for _ in range(2)]
    day.check([one.allowed for one in slow] == [True, False], f"the second call is one too many: {slow!r}")

    day.step = "authorize by token"
    day.check((await day.call("auth.authorize_by_token", lender.token, repos)).allowed, "the token will do")
    day.step = "rotate the token"
    rotated = await day.call("agents.rotate", lender.id)
    day.check(rotated.token.startswith("kv_") and rotated.token != lender.token, "there is a new token")
    day.check((await day.call("auth.authorize_by_token", rotated.token, repos)).allowed, "the new token works")
    day.step = "authorize by the old token"
    try:
        old = await day.call("auth.authorize_by_token", lender.token, repos)
        day.check(not old.allowed, f"the old token is dead: {old!r}")
    except AuthenticationError:
        day.checks += 1
    return denied


async def delegations(day: Day, lender: Any, borrower: Any) -> None:
    issues = AuthorizeRequest("read", "mcp:github:issues")
    day.step = "create a delegation"
    day.check(not (await day.call("authorize", borrower.id, issues)).allowed, "nothing is lent yet")
    end = (datetime.now(timezone.utc) + timedelta(hours=1)).isoformat()
    chain = await day.call(
        "delegation.create",
        DelegateInput(lender.id, borrower.id, [read("mcp:github:issues")], expires_at=end, max_depth=2),
    )
    day.check(chain.from_agent == lender.id and chain.to_agent == borrower.id and chain.depth == 1, f"it is {chain!r}")
    day.check((await day.call("authorize", borrower.id, issues)).allowed, "what is lent may be used")

    day.step = "list delegations"
    day.check(chain.id in [one.id for one in await day.call("delegation.list_chains", lender.id)], "it is listed")
    day.step = "effective permissions"
    for method in ("agents.get_effective_permissions", "delegation.get_effective_permissions"):
        resources = [one.resource for one in await day.call(method, borrower.id)]
        day.check({"own:*", "mcp:github:issues"} <= set(resources), f"{method}: own and lent, not {resources!r}")

    day.step = "delegate too much"
    await day.error(
        "delegation.create", KavachError, DelegateInput(lender.id, borrower.id, [read("mcp:gitlab:*")], expires_at=end)
    )
    day.step = "revoke the delegation"
    day.check(await day.call("delegation.revoke", chain.id) is None, "revoking returns nothing")
    day.check(not (await day.call("authorize", borrower.id, issues)).allowed, "what is revoked may not be used")
    await day.error("delegation.revoke", NotFoundError, str(uuid.uuid4()))


async def trail(day: Day, lender: Any, denied: Any) -> None:
    day.step = "query the audit log"
    mine = AuditFilters(agent_id=lender.id)
    entries = await day.call("audit.query", mine)
    day.check(denied.audit_id in [entry.id for entry in entries], "the denial is on record")
    day.check({entry.agent_id for entry in entries} == {lender.id}, "the filter leaves others out")
    day.check(any(entry.parameters.get("owner") == "octo" for entry in entries), "the arguments are on record")
    refusals = await day.call(
        "audit.query",
        AuditFilters(
            agent_id=lender.id,
            user_id="user-123",
            since="2020-01-01T00:00:00+05:30",
            until=(datetime.now(timezone.utc) + timedelta(hours=1)).isoformat(),
            actions=["delete", "execute"],
            result="denied",
            limit=100,
            offset=0,
        ),
    )
    day.check({entry.action for entry in refusals} == {"delete", "execute"}, f"all filters at once: {refusals!r}")
    day.check(all(entry.reason for entry in refusals), "denials say why")
    day.check(await day.call("audit.query", AuditFilters(agent_id=lender.id, since="2099-01-01")) == [], "not yet")

    day.step = "page the audit log"
    first = await day.call("audit.query_paginated", AuditFilters(agent_id=lender.id, limit=2))
    second = await day.call("audit.query_paginated", AuditFilters(agent_id=lender.id, limit=2, offset=2))
    ids = [entry.id for entry in first.entries + second.entries]
    day.check(ids == [entry.id for entry in entries[:4]], "two pages are the first four entries, newest first")
    day.check(first.total is None or first.total == len(entries), f"the total is {first.total}")

    day.step = "export the audit log"
    exported = json.loads(await day.call("audit.export", ExportOptions(format="json", since="2020-01-01T00:00:00Z")))
    day.check(denied.audit_id in [row["id"] for row in exported], "the JSON export holds the denial")
    rows = list(csv.DictReader(io.StringIO(await day.call("audit.export", ExportOptions(format="csv")))))
    reasons = [row["reason"] for row in rows if row["id"] == denied.audit_id]
    day.check(reasons == [denied.reason], f"the CSV export holds the denial, quotes and all: {reasons!r}")
    json.loads(await day.call("audit.export"))
    day.checks += 1


async def farewell(day: Day, lender: Any, borrower: Any) -> None:
    day.step = "revoke agents"
    for agent in (lender, borrower):
        day.check(await day.call("agents.revoke", agent.id) is None, "revoking returns nothing")
        gone = await day.call("agents.get", agent.id)
        day.check(gone is not None and gone.status == "revoked", f"the agent is {gone!r}")
    decision = await day.call("authorize", lender.id, AuthorizeRequest("read", "mcp:github:repos"))
    day.check(not decision.allowed, "a revoked agent may do nothing")
    await day.error("agents.revoke", NotFoundError, str(uuid.uuid4()))


async def live(day: Day) -> None:
    await people(day)
    lender, borrower = await identities(day)
    denied = await decisions(day, lender)
    await delegations(day, lender, borrower)
    await trail(day, lender, denied)
    await farewell(day, lender, borrower)
    day.step = "count the methods"
    day.check(len(day.used) == METHODS, f"all {METHODS} methods are used, not {len(day.used)}: {sorted(day.used)}")
    await settled(day.client.close())


def main() -> int:
    summary = []
    for kind, client_class in (("sync", KavachSyncClient), ("async", KavachClient)):
        day = Day(kind, sys.argv[1], client_class)
        try:
            asyncio.run(live(day))
        except Exception as error:  # noqa: BLE001 – whatever it is, it ends the day
            print(f"FAILED at \"{day.step}\" ({kind}): {type(error).__name__}: {error}", file=sys.stderr)
            if isinstance(error, KavachError):
                print(f"{error!r} {error.details}", file=sys.stderr)
            return 1
        summary.append(f"{kind}: {len(day.used)} methods, {day.checks} checks")
    print(f"ok – {'; '.join(summary)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
