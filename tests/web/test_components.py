"""The macros are rendered alone, given values, and what they promise is read from the HTML."""

from xml.etree import ElementTree

import pytest
import tinyhtml5
from flask import Flask
from wtforms import BooleanField, FieldList, FileField, RadioField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from matchmaking.config import ROOT
from matchmaking.web.forms import BaseForm
from matchmaking.web.icons import icon
from matchmaking.web.pagination import Page

ENGLISH = {"Accept-Language": "en"}
HOSTILE = '<script>alert("x")</script>'
COMPONENTS = sorted(path.stem for path in (ROOT / "templates" / "components").glob("*.html"))


class SampleForm(BaseForm):
    name = StringField("Full name", [InputRequired("Enter the name.")])
    phone = StringField("Phone")
    kind = RadioField(
        "Kind",
        [InputRequired("Choose one.")],
        choices=[SelectChoice("a", "Delegate"), SelectChoice("b", "Buyer")],
    )
    consent = BooleanField("I agree")
    province = SelectField("Province", choices=[SelectChoice("38", "Thanh Hóa")])
    logo = FileField("Logo")
    words = FieldList(StringField("Word", [InputRequired("Enter the word.")]), min_entries=1)


@pytest.fixture
def draw(bare_app: Flask):
    """Renders a call of a macro: `draw("field", "field(form.name)", form=form)`."""

    def render(component: str, call: str, **values: object) -> ElementTree.Element:
        source = f"{{% from 'components/{component}.html' import {component} %}}{{{{ {call} }}}}"
        html = bare_app.jinja_env.from_string(source).render(**values)
        return tinyhtml5.parse(html, namespace_html_elements=False)

    with bare_app.test_request_context("/list?q=a", headers=ENGLISH):
        yield render


@pytest.fixture
def form(bare_app: Flask):
    typed = {"phone": HOSTILE, "province": "38"}
    with bare_app.test_request_context("/", method="POST", data=typed, headers=ENGLISH):
        sample = SampleForm(meta={"csrf": False})
        sample.validate()
        yield sample


def by_id(page: ElementTree.Element, identifier: str) -> ElementTree.Element:
    (found,) = (one for one in page.iter() if one.get("id") == identifier)
    return found


def words(element: ElementTree.Element) -> str:
    return " ".join("".join(element.itertext()).split())


def test_a_field_ties_label_hint_and_error_to_its_control(draw, form):
    page = draw("field", "field(form.name, hint='As on the badge.')", form=form)
    control = by_id(page, "name")
    assert page.find(".//label").get("for") == "name"
    assert control.get("aria-invalid") == "true"
    assert [words(by_id(page, i)) for i in control.get("aria-describedby").split()] == [
        "As on the badge.",
        "Enter the name.",
    ]


def test_a_field_says_when_it_may_be_left_empty(draw, form):
    page = draw("field", "field(form.phone)", form=form)
    assert words(page.find(".//label")) == "Phone (optional)"
    assert by_id(page, "phone").get("aria-describedby") is None


def test_what_was_typed_is_shown_again_and_never_becomes_markup(draw, form):
    page = draw("field", "field(form.phone, hint=hint)", form=form, hint=HOSTILE)
    assert page.find(".//script") is None
    assert by_id(page, "phone").get("value") == HOSTILE
    assert words(by_id(page, "phone-hint")) == HOSTILE


def test_choices_are_one_group_with_a_question_and_every_option_labelled(draw, form):
    page = draw("choices", "choices(form.kind, notes={'a': 'The whole programme'})", form=form)
    group = page.find(".//fieldset")
    assert words(group.find("legend")) == "Kind"
    assert words(by_id(page, group.get("aria-describedby"))) == "Choose one."
    options = page.findall(".//input")
    assert [one.get("id") for one in options] == [one.get("for") for one in page.iter("label")]
    assert words(by_id(page, options[0].get("aria-describedby"))) == "The whole programme"
    assert not any(one.get("checked") is not None for one in options)


def test_the_error_summary_links_to_every_control_that_is_wrong(draw, form):
    form.form_errors = ["The last place has just gone."]
    page = draw("error_summary", "error_summary(form)", form=form)
    assert [(a.get("href"), words(a)) for a in page.iter("a")] == [
        ("#name", "Full name: Enter the name."),
        ("#kind", "Kind: Choose one."),
        ("#words-0", "Word: Enter the word."),
    ]
    assert words(page.find(".//li")) == "The last place has just gone."


def test_the_error_summary_is_silent_when_all_is_well(draw, bare_app):
    page = draw("error_summary", "error_summary(form)", form=SampleForm(meta={"csrf": False}))
    assert words(page) == ""


def test_a_form_carries_its_token_and_one_action(draw, bare_app):
    source = (
        "{% from 'components/form_frame.html' import form_frame %}"
        "{% call form_frame(form, 'Send registration') %}{% endcall %}"
    )
    html = bare_app.jinja_env.from_string(source).render(form=SampleForm())
    page = tinyhtml5.parse(html, namespace_html_elements=False)
    assert page.find(".//input[@name='csrf_token']").get("value")
    assert [words(button) for button in page.iter("button")] == ["Send registration"]


def test_a_post_button_is_a_form_with_its_token_and_values(draw):
    page = draw("post_button", "post_button('Undo', '/undo', values={'version': 3})")
    sent = {one.get("name"): one.get("value") for one in page.iter("input")}
    assert page.find(".//form").get("method") == "post"
    assert sent.pop("csrf_token")
    assert sent == {"version": "3"}


def test_a_button_passes_other_attributes_on(draw):
    page = draw("button", "button(label, data_module='copy', disabled=True)", label=HOSTILE)
    button = page.find(".//button")
    assert button.get("data-module") == "copy"
    assert button.get("disabled") is not None
    assert words(button) == HOSTILE


@pytest.mark.parametrize("kind", ["success", "warning", "error"])
def test_a_tag_has_a_sign_beside_its_colour_and_words(draw, kind):
    page = draw("tag", "tag('Waiting', kind)", kind=kind)
    (sign,) = (one for one in page.iter() if one.tag.endswith("svg"))
    assert sign.get("aria-hidden") == "true"
    assert words(page) == "Waiting"


def test_a_pager_marks_this_page_and_keeps_the_search(draw):
    page = draw("pager", "pager(page)", page=Page(rows=[], number=2, total=120))
    links = {words(a) or a.get("aria-label"): a for a in page.iter("a")}
    assert links["2"].get("aria-current") == "page"
    assert links["Next page"].get("href") == "/list?q=a&page=3"


def test_a_pager_of_one_page_says_nothing(draw):
    assert words(draw("pager", "pager(page)", page=Page(rows=[], number=1, total=3))) == ""


def test_a_table_names_its_columns_and_the_order_it_is_in(draw, bare_app):
    source = (
        "{% from 'components/data_table.html' import data_table %}"
        "{% call data_table([{'label': 'Name', 'href': '?sort=-name', 'sorted': 'ascending'},"
        " 'Country', ''], 'Delegates') %}<tr><th scope='row'>An</th><td>Việt Nam</td><td></td></tr>"
        "{% endcall %}"
    )
    html = bare_app.jinja_env.from_string(source).render()
    page = tinyhtml5.parse(html, namespace_html_elements=False)
    heads = page.findall(".//thead//th")
    assert words(page.find(".//caption")) == "Delegates"
    assert [words(head) for head in heads] == ["Name", "Country", "Actions"]
    assert heads[0].get("aria-sort") == "ascending"


def test_progress_says_how_much_of_how_much(draw):
    page = draw("progress", "progress('Printing badges', 212, 612)")
    bar = page.find(".//progress")
    assert (bar.get("value"), bar.get("max")) == ("212", "612")
    assert words(page.find(".//label")) == "Printing badges 212 of 612"


def test_the_avatar_is_the_first_letter_of_the_given_name(draw):
    assert words(draw("avatar", "avatar('Nguyễn Văn  Ánh')")) == "Á"


def test_icons_are_decoration_and_a_missing_one_is_an_error():
    assert 'aria-hidden="true"' in icon("calendar")
    with pytest.raises(FileNotFoundError):
        icon("no-such-icon")


@pytest.mark.parametrize("component", COMPONENTS)
def test_a_component_is_one_documented_macro_in_one_file(bare_app, component):
    source = (ROOT / "templates" / "components" / f"{component}.html").read_text()
    macros = [
        name
        for name in vars(bare_app.jinja_env.get_template(f"components/{component}.html").module)
        if f"macro {name}(" in source
    ]
    assert source.startswith("{#-")
    assert macros == [component]


def test_a_list_without_an_empty_choice_is_not_called_optional(draw, form):
    page = draw("field", "field(form.province)", form=form)
    assert words(page.find(".//label")) == "Province"
