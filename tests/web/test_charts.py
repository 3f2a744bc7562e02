from matchmaking.web.charts import bar, bars, columns, heat_map


def test_a_bar_is_measured_against_its_own_whole():
    assert bar("Delegates", 30, of=40).share == 75


def test_a_bar_never_leaves_its_picture():
    assert bar("Delegates", 50, of=40).share == 100


def test_bars_without_a_whole_are_measured_against_the_longest():
    assert [one.share for one in bars([bar("a", 5), bar("b", 20)])] == [25, 100]


def test_columns_grow_from_the_ground_and_some_carry_their_label():
    drawn = columns([("08:00", 0), ("08:15", 10), ("08:30", 5)], ticks=2)
    assert [(one.top, one.height, one.ticked) for one in drawn] == [
        (100, 0, True),
        (0, 100, False),
        (50, 50, True),
    ]


def test_columns_of_nothing_are_flat():
    assert [one.height for one in columns([("08:00", 0), ("08:15", 0)])] == [0, 0]


def test_a_heat_map_shows_one_of_many_and_leaves_only_nothing_empty():
    grid = heat_map(["08:00", "08:30", "09:00"], [("Table 1", [(0, ""), (1, ""), (100, "/x")])])
    assert [(cell.value, cell.level, cell.href) for cell in grid.rows[0].cells] == [
        (0, 0, ""),
        (1, 1, ""),
        (100, 4, "/x"),
    ]
