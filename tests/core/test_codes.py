import time

from matchmaking.core.codes import new_id


def test_ids_sort_in_the_order_they_were_made():
    ids = []
    for _ in range(1000):
        ids.append(new_id())
        time.sleep(0.000_001)

    assert ids == sorted(ids)
    assert {(one.version, one.variant) for one in ids} == {(7, "specified in RFC 4122")}
