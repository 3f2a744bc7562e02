from matchmaking import reference


def test_thirty_four_provinces_cover_the_sixty_three_before_them():
    former = [one.code for province in reference.provinces() for one in province.former]

    assert len(reference.provinces()) == 34
    assert len(set(former)) == len(former) == 63


def test_nine_provinces_are_cities():
    cities = [
        province.labels.en
        for province in reference.provinces()
        if province.official_name.vi.startswith("Thành phố")
    ]

    assert len(cities) == 9


def test_province_is_found_under_the_name_of_one_it_absorbed():
    assert "Hải Dương" in reference.province("31").search_names
    assert "Sài Gòn" in reference.province("79").search_names


def test_search_names_come_once_each():
    for province in reference.provinces():
        assert len(set(province.search_names)) == len(province.search_names)
