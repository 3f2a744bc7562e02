from tests.markup import faults_in

PAGE = '<!DOCTYPE html><html lang="vi"><head><title>Thẻ</title></head><body>{}</body></html>'


def test_sound_page_has_no_faults():
    assert faults_in(PAGE.format("<h1>Thẻ đại biểu</h1>")) == []


def test_unclosed_element_is_a_fault():
    assert "close-order" in faults_in(PAGE.format("<div>"))[0]


def test_label_of_a_control_that_is_not_there_is_a_fault_in_a_page_only():
    label = '<label for="email">E-mail</label>'

    assert 'for references missing id "email"' in faults_in(PAGE.format(label))[0]
    assert faults_in(label) == []


def test_each_id_that_describes_something_has_to_be_there():
    described = '<p id="hint">…</p><input aria-label="E-mail" aria-describedby="hint error">'

    assert len(faults_in(PAGE.format(described))) == 1
    assert 'missing id "error"' in faults_in(PAGE.format(described))[0]


def test_label_of_what_is_no_control_is_a_fault():
    fragment = '<label for="email">E-mail</label><p id="email"></p>'

    assert "not a form control" in faults_in(fragment)[0]
