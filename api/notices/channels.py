"""One's ways outside over HTTP: chat robots, browsers, quiet hours, topics."""

from __future__ import annotations

import json
import secrets

from fastapi import APIRouter, Response
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from api.http.asked import Answer, AskedNow, answered
from api.http.desk import CallerNow, ServiceNow
from api.http.paths import Id
from api.http.problems import Problem
from api.notices.forms import (
    ChannelChange,
    ChannelShown,
    ChannelsShown,
    NewChannel,
    NoticeSettings,
    PushKeyShown,
    TopicShown,
    TopicsShown,
)
from api.notices.rows import Word, tell
from api.notices.topics import NAMES, URGENT, Topic
from api.outside.push import public_key, subscription_of
from api.outside.robots import address_of
from api.outside.seals import channel_seal
from api.store import tables as t
from api.store.store import Work
from domain.language import Text

router = APIRouter(tags=["notices"])
MOST = 20


@router.get("/me/channels")
def list_channels(caller: CallerNow, service: ServiceNow) -> ChannelsShown:
    """One's channels, and how each fares."""
    with service.store.reading() as session:
        mine = select(t.Channel).where(t.Channel.account_id == caller.account_id).order_by(t.Channel.id)
        return ChannelsShown(items=[_shown(row) for row in session.scalars(mine)])


@router.post("/me/channels", status_code=201, response_model=ChannelShown)
def make_channel(body: NewChannel, caller: CallerNow, service: ServiceNow, asked: AskedNow) -> Response:
    """A way on which one wants to be told."""
    told = subscription_of(body.push.model_dump()) if body.push else address_of(body.kind, body.address, body.secret)

    def do(work: Work) -> Answer:
        mine = select(t.Channel).where(t.Channel.account_id == caller.account_id)
        if len(work.session.scalars(mine).all()) >= MOST:
            raise Problem("conflict", Text("渠道过多", "too many channels"))
        row = t.Channel(
            account_id=caller.account_id,
            kind=body.kind.value,
            name=body.name,
            address=channel_seal(service.settings).close(json.dumps(told)),
            topics=[topic.value for topic in body.topics],
            state="active",
            made_at=work.now,
        )
        work.session.add(row)
        work.session.flush()
        work.did("channel.made", f"channel/{row.id}", kind=row.kind)
        return Answer(_shown(row), 201)

    return answered(service.store, caller, asked, do)


@router.patch("/me/channels/{channel_id}", response_model=ChannelShown)
def change_channel(
    channel_id: Id, body: ChannelChange, caller: CallerNow, service: ServiceNow, asked: AskedNow
) -> Response:
    """Rename a channel, or choose what is sent there."""

    def do(work: Work) -> Answer:
        row = _mine(work.session, caller.account_id, channel_id)
        row.name, row.revision = body.name or row.name, row.revision + 1
        row.topics = [topic.value for topic in body.topics] if body.topics is not None else row.topics
        work.did("channel.changed", f"channel/{row.id}")
        return Answer(_shown(row))

    return answered(service.store, caller, asked, do)


@router.delete("/me/channels/{channel_id}", status_code=204)
def end_channel(channel_id: Id, caller: CallerNow, service: ServiceNow, asked: AskedNow) -> Response:
    """End a channel with all that was on its way there."""

    def do(work: Work) -> Answer:
        row = _mine(work.session, caller.account_id, channel_id)
        work.session.execute(delete(t.Delivery).where(t.Delivery.channel_id == row.id))
        work.session.delete(row)
        work.did("channel.ended", f"channel/{channel_id}")
        return Answer(status=204)

    return answered(service.store, caller, asked, do)


@router.post("/me/channels/{channel_id}/test", status_code=204)
def try_channel(channel_id: Id, caller: CallerNow, service: ServiceNow, asked: AskedNow) -> Response:
    """Send a notice of no meaning on all of one's ways, to see whether it arrives."""

    def do(work: Work) -> Answer:
        row = _mine(work.session, caller.account_id, channel_id)
        word = Word(None, "channel-test", f"channel/{row.id}/test/{secrets.token_hex(8)}")
        tell(work, word, {caller.account_id: {"name": row.name}})
        work.did("channel.tried", f"channel/{row.id}")
        return Answer(status=204)

    return answered(service.store, caller, asked, do)


@router.get("/me/notice-settings")
def show_notice_settings(caller: CallerNow, service: ServiceNow) -> NoticeSettings:
    """One's quiet hours, and what is mailed."""
    with service.store.reading() as session:
        row = session.get(t.NoticeSetting, caller.account_id)
        return _settings(row) if row else NoticeSettings()


@router.put("/me/notice-settings", response_model=NoticeSettings)
def change_notice_settings(body: NoticeSettings, caller: CallerNow, service: ServiceNow, asked: AskedNow) -> Response:
    """Say when and how one wants to be told."""

    def do(work: Work) -> Answer:
        row = work.session.get(t.NoticeSetting, caller.account_id) or t.NoticeSetting(account_id=caller.account_id)
        row.quiet_from = f"{body.quiet_from:%H:%M}" if body.quiet_from else None
        row.quiet_until = f"{body.quiet_until:%H:%M}" if body.quiet_until else None
        row.mail, row.mail_topics = body.mail, [topic.value for topic in body.mail_topics]
        work.session.add(row)
        work.did("notices.set", f"account/{caller.account_id}")
        return Answer(body)

    return answered(service.store, caller, asked, do)


@router.get("/me/push-key")
def show_push_key(_: CallerNow, service: ServiceNow) -> PushKeyShown:
    """What a browser subscribes with."""
    return PushKeyShown(key=public_key(service.settings.key()))


@router.get("/me/notice-topics")
def list_topics(_: CallerNow) -> TopicsShown:
    """What notices are about."""
    return TopicsShown(
        items=[
            TopicShown(topic=topic, words={"zh": words.zh, "en": words.en}, urgent=topic in URGENT)
            for topic, words in NAMES.items()
        ]
    )


def _mine(session: Session, account_id: int, channel_id: int) -> t.Channel:
    row = session.get(t.Channel, channel_id)
    if row is None or row.account_id != account_id:
        raise Problem("not-found")
    return row


def _shown(row: t.Channel) -> ChannelShown:
    return ChannelShown(**{name: getattr(row, name) for name in ChannelShown.model_fields})


def _settings(row: t.NoticeSetting) -> NoticeSettings:
    return NoticeSettings(
        quiet_from=row.quiet_from,
        quiet_until=row.quiet_until,
        mail=row.mail,
        mail_topics=[Topic(topic) for topic in row.mail_topics],
    )
