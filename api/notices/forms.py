"""Bodies and answers about how one wants to be told."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Self

from pydantic import Field, model_validator

from api.cycle.policy import Clock
from api.http.forms import Body, Flag, Line, Name, Shown
from api.notices.topics import Topic
from domain.language import Refusal, Text


class ChannelKind(StrEnum):
    """A way outside that somebody sets up: a robot of a chat, or a browser."""

    WECOM = "wecom"
    DINGTALK = "dingtalk"
    FEISHU = "feishu"
    SLACK = "slack"
    TEAMS = "teams"
    PUSH = "push"


class Subscription(Body):
    """A browser's subscription to push (`PushSubscription.toJSON()`)."""

    endpoint: Line = Field(max_length=1000)
    p256dh: Line = Field(max_length=200)
    auth: Line = Field(max_length=100)


class NewChannel(Body):
    """A way outside."""

    kind: ChannelKind
    name: Name
    address: Line = Field(default="", max_length=1000, description="of a robot: its key, or its whole address")
    secret: Line = Field(default="", description="of 钉钉 and 飞书 robots that ask for a sign")
    push: Subscription | None = Field(default=None, description="of a browser")
    topics: list[Topic] = Field(default=[], max_length=20, description="empty: everything")

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if (self.kind is ChannelKind.PUSH) != (self.push is not None) or (self.push is None and not self.address):
            raise Refusal(Text("浏览器推送须有 push, 机器人须有 address", "browsers have push, robots an address"))
        return self


class ChannelChange(Body):
    """What becomes of a channel; what is not told stays."""

    name: Name | None = None
    topics: list[Topic] | None = Field(default=None, max_length=20)


class ChannelShown(Shown):
    """A channel; where it leads is not told again."""

    id: int
    kind: ChannelKind
    name: str
    topics: list[str]
    state: str = Field(description="active, failing or gone")
    made_at: datetime
    used_at: datetime | None


class ChannelsShown(Shown):
    """One's channels."""

    items: list[ChannelShown]


class NoticeSettings(Body):
    """When and how one wants to be told."""

    quiet_from: Clock | None = Field(default=None, description="held back from here on, but for what is urgent")
    quiet_until: Clock | None = None
    mail: Flag = True
    mail_topics: list[Topic] = Field(default=[], max_length=20, description="empty: everything")

    @model_validator(mode="after")
    def _both(self) -> Self:
        told = (self.quiet_from, self.quiet_until)
        if told.count(None) == 1 or (None not in told and self.quiet_from == self.quiet_until):
            raise Refusal(Text("免打扰须有不同的起止时间", "quiet hours have a start and another end"))
        return self


class TopicShown(Shown):
    """Something that notices are about."""

    topic: Topic
    words: dict[str, str]
    urgent: bool = Field(description="told in quiet hours too")


class PushKeyShown(Shown):
    """What a browser subscribes with."""

    key: str = Field(description="applicationServerKey")


class TopicsShown(Shown):
    """What notices are about."""

    items: list[TopicShown]
