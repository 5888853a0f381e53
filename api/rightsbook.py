"""The matrix of rights as a page: written by the matrix itself."""

from __future__ import annotations

from typing import Final

from api.auth.rights import GROUP_WIDE, MATRIX, POWERFUL, Action, Reach, Role

HEAD: Final = """# Rights · 权限

Made by `paiban rules --rights --out docs/rights.md`; do not edit by hand.
由 `paiban rules --rights --out docs/rights.md` 生成, 请勿手改。

Every right holds at the site of the role; an object of another site does not exist (404). Auditors, administrators,
administration and general managers may hold their role over the whole group. Who waits for a first password of his own,
or for a second factor that his role demands, has no right before. `own`: oneself; `team`: one's team; `site`: the whole
site.

"""
ROLES: Final = {
    Role.AGENT: "agent 坐席",
    Role.LEADER: "shift leader 班长",
    Role.SCHEDULER: "scheduler 排班员",
    Role.MANAGER: "manager 主管",
    Role.ADMINISTRATION: "administration 行政",
    Role.GENERAL: "general manager 总经理",
    Role.AUDITOR: "auditor 审计",
    Role.ADMIN: "admin 管理员",
}


def rights_page() -> str:
    """A row an action, a column a role."""
    lines = ["| action | " + " | ".join(ROLES.values()) + " |", "|---" * (len(ROLES) + 1) + "|"]
    for action in Action:
        cells = [MATRIX[role].get(action, Reach.NOWHERE) for role in ROLES]
        told = ["-" if far is Reach.NOWHERE else far.name.lower() for far in cells]
        lines.append(f"| `{action.value}` | " + " | ".join(told) + " |")
    wide = ", ".join(sorted(role.value for role in GROUP_WIDE))
    strong = ", ".join(sorted(role.value for role in POWERFUL))
    return HEAD + "\n".join(lines) + f"\n\nOver the whole group: {wide}. With a second factor: {strong}.\n"
