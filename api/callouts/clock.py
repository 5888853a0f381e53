"""What time does to call-outs: who does not answer is passed over, and a duty that begins ends the search."""

from __future__ import annotations

from sqlalchemy import select

from api.callouts.ending import end, those
from api.callouts.policy import CalloutPolicy
from api.callouts.states import Ask, State
from api.callouts.turns import decline, go_on
from api.store import tables as t
from api.store.store import Work


def pass_on(work: Work, site_id: int, policy: CalloutPolicy) -> None:
    """Look at every call-out of a site, those of the floor first."""
    asked = select(t.Callout).where(t.Callout.site_id == site_id, t.Callout.state == State.ASKING.value)
    asked = asked.order_by(t.Callout.floor.desc(), t.Callout.start_at, t.Callout.id)
    for callout in work.session.scalars(asked.with_for_update(of=t.Callout)).all():
        if callout.start_at <= work.now:
            end(work, callout, State.OVER)
            continue
        for ask in those(callout, Ask.ASKED):
            if ask.answer_by is not None and ask.answer_by <= work.now:
                decline(work, callout, ask, policy, Ask.SILENT)
        go_on(work, callout, policy)
