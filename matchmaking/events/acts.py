"""What was done to an event, in the words of its history."""

from matchmaking.core.i18n import _l
from matchmaking.web.acts import act, kind_of_acts

SENTENCES = {
    "event.created": _l("%(actor)s created the event."),
    "event.changed": _l("%(actor)s changed the details of the event."),
    "event.banner_changed": _l("%(actor)s changed the banner."),
    "event.cloned": _l("%(actor)s made edition %(edition)s from an earlier one."),
    "event.published": _l("%(actor)s published the event."),
    "event.unpublished": _l("%(actor)s made the event a draft again."),
    "event.archived": _l("%(actor)s archived the event."),
    "session.added": _l("%(actor)s added the session “%(title)s”."),
    "session.changed": _l("%(actor)s changed the session “%(title)s”."),
    "session.removed": _l("%(actor)s removed the session “%(title)s”."),
    "session.restored": _l("%(actor)s brought back the session “%(title)s”."),
    "host.added": _l("%(actor)s added “%(title)s” to the hosts."),
    "host.changed": _l("%(actor)s changed “%(title)s” among the hosts."),
    "host.moved": _l("%(actor)s moved “%(title)s” up among the hosts."),
    "host.removed": _l("%(actor)s removed “%(title)s” from the hosts."),
    "host.restored": _l("%(actor)s brought back “%(title)s” among the hosts."),
    "booth.added": _l("%(actor)s added the booths %(numbers)s."),
    "booth.changed": _l("%(actor)s changed booth %(title)s."),
    "booth.removed": _l("%(actor)s removed booth %(title)s."),
    "booth.restored": _l("%(actor)s brought back booth %(title)s."),
    "hall.added": _l("%(actor)s added the hall “%(title)s”."),
    "hall.changed": _l("%(actor)s changed the hall “%(title)s”."),
    "hall.removed": _l("%(actor)s removed the hall “%(title)s”."),
    "hall.restored": _l("%(actor)s brought back the hall “%(title)s”."),
    "token.created": _l("%(actor)s made the key “%(name)s” for another program."),
    "token.revoked": _l("%(actor)s revoked the key “%(name)s”."),
    "track.added": _l("%(actor)s added the track “%(title)s”."),
    "track.changed": _l("%(actor)s changed the track “%(title)s”."),
    "track.removed": _l("%(actor)s removed the track “%(title)s”."),
    "track.restored": _l("%(actor)s brought back the track “%(title)s”."),
}

KINDS = {
    "event": _l("The event"),
    "session": _l("Programme"),
    "host": _l("Hosts"),
    "booth": _l("Booths"),
    "hall": _l("Halls"),
    "token": _l("Keys of other programs"),
    "track": _l("Tracks"),
}


def declare() -> None:
    for action, sentence in SENTENCES.items():
        act(action, sentence)
    for prefix, name in KINDS.items():
        kind_of_acts(prefix, name)
