"""The template engine refuses what a page has no business doing, and says where."""

from pathlib import Path
from typing import Any

import pytest

from board_report.documents.environment import make_environment, render_template
from board_report.errors import DocumentError


@pytest.fixture
def fill(tmp_path: Path) -> Any:
    def fill_text(text: str, **values: object) -> str:
        (tmp_path / "page.html").write_text(text, encoding="utf-8")
        return render_template(make_environment(tmp_path), "page.html", values)

    return fill_text


def test_values_are_escaped_whatever_the_file_is_called(tmp_path: Path) -> None:
    (tmp_path / "page.txt").write_text("{{ name }}", encoding="utf-8")

    page = render_template(make_environment(tmp_path), "page.txt", {"name": "<b> & 'c'"})

    assert page == "&lt;b&gt; &amp; &#39;c&#39;"


def test_block_lines_leave_no_blank_lines(fill: Any) -> None:
    page = "<ul>\n  {% for n in rows %}\n  <li>{{ n }}</li>\n  {% endfor %}\n</ul>"

    assert fill(page, rows=[1]) == "<ul>\n  <li>1</li>\n</ul>"


@pytest.mark.parametrize(
    "attack",
    [
        "{{ ''.__class__ }}",
        "{{ ''['__class__'].__mro__ }}",
        "{{ (''|attr('__class__')) }}",
        "{{ ''.__class__.__base__.__subclasses__() }}",
        "{{ '{0.__class__}'.format(data) }}",
        "{{ '{x.__class__}'.format_map({'x': data}) }}",
        "{{ make.__globals__ }}",
        "{{ make.__code__ }}",
        "{{ self.__init__.__globals__ }}",
        "{{ self._TemplateReference__context }}",
        "{{ data.append(1) }}",
        "{{ data.clear() }}",
        "{{ table.update({'a': 2}) }}",
        "{{ table.pop('a') }}",
        "{% set _ = data.extend([1]) %}",
        "{% set _ = data.__setitem__(0, 9) %}",
        "{% for n in range(10000000) %}{% endfor %}",
        "{{ lipsum() }}",
        "{{ cycler('a') }}",
        "{{ joiner() }}",
        "{% include '/etc/passwd' %}",
        "{% include '../outside.html' %}",
    ],
)
def test_attack_is_refused(fill: Any, tmp_path: Path, attack: str) -> None:
    (tmp_path.parent / "outside.html").write_text("outside", encoding="utf-8")
    data, table = [0], {"a": 1}

    with pytest.raises(DocumentError):
        fill(attack, data=data, table=table, make=make_environment)

    assert (data, table) == ([0], {"a": 1})


def test_missing_name_is_an_error_with_its_line(fill: Any) -> None:
    with pytest.raises(DocumentError) as caught:
        fill("<p>\n{{ page.titel }}\n</p>", page={"title": "x"})

    assert caught.value.where == "page.html:2"
    assert "titel" in caught.value.what


def test_error_in_an_included_template_names_that_template(tmp_path: Path) -> None:
    (tmp_path / "deck").mkdir()
    (tmp_path / "page.html").write_text("\n\n{% include 'deck/row.html' %}", encoding="utf-8")
    (tmp_path / "deck" / "row.html").write_text("\n{{ nothing }}", encoding="utf-8")

    with pytest.raises(DocumentError) as caught:
        render_template(make_environment(tmp_path), "page.html", {})

    assert caught.value.where == "deck/row.html:2"


def test_malformed_template_is_an_error_with_its_line(fill: Any) -> None:
    with pytest.raises(DocumentError) as caught:
        fill("<p>\n{% if %}")

    assert caught.value.where == "page.html:2"


def test_missing_template_is_named(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match=r"no template 'deck/none\.html'"):
        render_template(make_environment(tmp_path), "deck/none.html", {})


@pytest.mark.parametrize("value", [None, float("nan")])
def test_value_without_words_is_never_printed(fill: Any, value: object) -> None:
    with pytest.raises(DocumentError, match="say in words what is missing") as caught:
        fill("\n{{ value }}", value=value)

    assert caught.value.where == "page.html:2"


def test_none_may_be_tested(fill: Any) -> None:
    assert fill("{{ 'not measured' if value is none else value }}", value=None) == "not measured"
