"""What an installation holds, against what it acknowledged."""

from collections import Counter

from tests.faults.load import Load
from tests.ops.installation import Installation


def assert_each_is_found_once(installation: Installation, load: Load) -> None:
    delegates = installation.rows("SELECT email, code FROM registrations")
    assert max(Counter(email for email, _code in delegates).values()) == 1
    found = dict(delegates)
    assert {email: found.get(email) for email in load.registered} == load.registered

    scans = installation.rows("SELECT registration_id FROM scans WHERE verdict = 'admitted'")
    assert max(Counter(scans).values()) == 1
    assert set(load.admitted.values()) == {"admitted"}
    assert len(load.admitted) <= len(scans) <= len(delegates)
    kept = {str(row[0]).replace("-", "") for row in installation.rows("SELECT id FROM scans")}
    assert {scan_id.replace("-", "") for scan_id in load.admitted} <= kept

    inside = installation.rows("SELECT registration_id FROM presences")
    assert Counter(inside) == Counter(scans)
    letters = installation.rows("SELECT recipient FROM outgoing_mails")
    assert Counter(letters) == Counter((email,) for email, _code in delegates)
