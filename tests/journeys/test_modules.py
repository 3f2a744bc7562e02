"""What the browser's modules add to pages that work without them."""

import re
from collections.abc import Callable

import pytest
from flask import Flask, render_template_string
from playwright.sync_api import Page, Route, expect
from wtforms import SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from matchmaking.web.forms import BaseForm

FRAME = """
{% extends "layouts/base.html" %}
{% from "components/dialog.html" import dialog %}
{% from "components/error_summary.html" import error_summary %}
{% from "components/field.html" import field %}
{% from "components/filters.html" import filters %}
{% from "components/link_button.html" import link_button %}
{% from "components/menu.html" import menu %}
{% from "components/progress.html" import progress %}
{% block title %}Modules{% endblock %}
{% block main %}<h1>Modules</h1>BODY{% endblock %}
"""


class PlaceForm(BaseForm):
    name = StringField("Name", [InputRequired("Enter the name.")])
    province = SelectField(
        "Province",
        choices=[
            SelectChoice("", "Choose"),
            SelectChoice("48", "Đà Nẵng"),
            SelectChoice("38", "Thanh Hóa"),
        ],
    )


@pytest.fixture
def show(app: Flask, page: Page) -> Callable[..., None]:
    """Opens a page of macros at /shown; `answers` gives what other addresses answer."""

    def draw(body: str) -> str:
        with app.test_request_context("/shown", headers={"Accept-Language": "en"}):
            form = PlaceForm(meta={"csrf": False})
            form.validate()
            return render_template_string(FRAME.replace("BODY", body), form=form)

    def answer(body: str) -> Callable[[Route], None]:
        return lambda route: route.fulfill(body=draw(body), content_type="text/html")

    def open_page(body: str, **answers: str) -> None:
        for path, other in ({"shown": body} | answers).items():
            page.route(lambda url, path=path: f"/{path}" in url, answer(other))
        page.goto("/shown")
        expect(page.locator("[data-module]:not([data-mounted='yes'])")).to_have_count(0)

    return open_page


def test_a_list_is_filtered_while_one_types_and_the_address_keeps_step(show, page: Page):
    show("{{ filters('Search') }}<ul id='results'><li>An</li><li>Bình</li></ul>")
    page.unroute_all()
    page.route(
        "**/shown?q=an", lambda route: route.fulfill(body="<ul id='results'><li>An</li></ul>")
    )

    page.get_by_label("Search").press_sequentially("an")

    expect(page.locator("#results li")).to_have_text(["An"])
    expect(page.get_by_label("Search")).to_be_focused()
    expect(page).to_have_url(re.compile(r"/shown\?q=an$"))


PART = """
<div id="part"><form method="post" action="/sent" data-module="fragment-form" data-target="part">
<label for="note">Note</label> <input id="note" name="note"> <button type="submit">STATE</button>
</form></div>
"""


def test_a_form_replaces_only_its_part_and_keeps_the_focus(show, page: Page):
    show(PART.replace("STATE", "Send"), sent=PART.replace("STATE", "Send again"))
    page.get_by_role("heading").evaluate("heading => heading.textContent = 'Kept'")

    page.get_by_role("button", name="Send").press("Enter")

    expect(page.get_by_role("button", name="Send again")).to_be_focused()
    expect(page.get_by_role("heading")).to_have_text("Kept")


def test_a_long_list_is_searched_without_diacritics(show, page: Page):
    show("<form>{{ field(form.province, data_module='combobox') }}</form>")
    box = page.get_by_role("combobox", name="Province")

    box.fill("da n")
    expect(page.get_by_role("option")).to_have_text(["Đà Nẵng"])
    box.press("Enter")

    expect(box).to_have_value("Đà Nẵng")
    expect(page.locator("select")).to_have_value("48")


def test_words_that_are_not_on_the_list_do_not_stay(show, page: Page):
    show("<form>{{ field(form.province, data_module='combobox') }}</form>")
    box = page.get_by_role("combobox", name="Province")

    box.fill("Hanoi")
    box.press("Tab")

    expect(box).to_have_value("")
    expect(page.locator("select")).to_have_value("")


def test_a_menu_closes_with_escape_and_gives_the_focus_back(show, page: Page):
    show("{% call menu('More') %}<a class='menu__item' href='#x'>Print</a>{% endcall %}")
    page.get_by_text("More").click()
    page.get_by_role("link", name="Print").focus()

    page.keyboard.press("Escape")

    expect(page.get_by_role("link", name="Print")).to_be_hidden()
    expect(page.locator("summary")).to_be_focused()


def test_a_dialog_opens_in_place_of_its_page(show, page: Page):
    show(
        "{{ link_button('Add', '/add', data_module='dialog', data_dialog='new') }}"
        "{% call dialog('new', 'Add a place') %}<p>Here</p>{% endcall %}"
    )

    page.get_by_role("link", name="Add").click()
    expect(page.get_by_role("dialog", name="Add a place")).to_be_visible()
    page.keyboard.press("Escape")

    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(page).to_have_url(re.compile(r"/shown$"))


def test_what_went_wrong_is_read_first_and_leads_into_its_field(show, page: Page):
    show("{{ error_summary(form) }}<form>{{ field(form.name) }}</form>")
    expect(page.get_by_role("alert")).to_be_focused()

    page.get_by_role("link", name="Enter the name.").click()

    expect(page.get_by_label("Name")).to_be_focused()


def test_progress_goes_on_by_itself_until_it_is_done(show, page: Page):
    show(
        "{{ progress('Printing', 10, 40, refresh='/progress') }}",
        progress="{{ progress('Printing', 40, 40) }}",
    )

    expect(page.locator("progress")).to_have_attribute("value", "40")
    expect(page.locator("[data-module=refresh]")).to_have_count(0)


def test_what_is_hidden_is_not_seen_whatever_it_is(show, page: Page):
    show("<button type='button' class='button' hidden>Torch</button>")

    expect(page.get_by_role("button", name="Torch", include_hidden=True)).to_be_hidden()
