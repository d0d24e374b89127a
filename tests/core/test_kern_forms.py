import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile

from dkbm.core.forms import DateInput, DraftTextarea, KernFormRenderer
from dkbm.core.templatetags import kern_forms


class Sample(forms.Form):
    default_renderer = KernFormRenderer

    title = forms.CharField(label="Titel", help_text="Ein Satz.", max_length=20)
    text = forms.CharField(label="Text", widget=DraftTextarea("probe"), required=False)
    kind = forms.ChoiceField(label="Art", choices=[("a", "Frage"), ("b", "Hinweis")], widget=forms.RadioSelect)
    group = forms.ChoiceField(label="Gruppe", choices=[("1", "AG 1")], required=False)
    day = forms.DateField(label="Tag", widget=DateInput, required=False)
    begin = forms.SplitDateTimeField(label="Beginn", required=False)
    agreed = forms.BooleanField(label="Einverstanden", help_text="Mit den Regeln.")


@pytest.fixture
def empty() -> str:
    return str(Sample())


@pytest.fixture
def refused() -> str:
    return str(Sample({"title": "x" * 30, "text": ""}))


def test_fresh_form_has_no_summary(empty):
    assert "data-error-summary" not in empty


def test_field_names_its_help(empty):
    assert 'id="id_title_helptext"' in empty
    assert 'aria-describedby="id_title_helptext"' in empty


def test_required_is_said_in_words_only_where_it_is(empty):
    assert empty.count("(Pflichtangabe)") == 3


def test_error_stands_by_its_field_and_is_named_by_it(refused):
    assert 'aria-describedby="id_title_helptext id_title_error"' in refused
    assert 'id="id_title_error"' in refused
    assert refused.count('aria-invalid="true"') == 2  # title and checkbox; radio buttons say it by their fieldset


def test_what_was_written_is_still_there(refused):
    assert f'value="{"x" * 30}"' in refused


def test_summary_counts_and_links_to_the_fields(refused):
    assert "Bitte prüfen Sie 3 Angaben" in refused
    assert 'href="#id_title"' in refused
    assert 'href="#id_kind_0"' in refused
    assert 'href="#id_agreed"' in refused


def test_group_of_radio_buttons_is_a_fieldset_with_errors_on_it(refused):
    assert 'aria-describedby="id_kind_error"' in refused.split("<fieldset", 1)[1].split(">", 1)[0]


def test_kern_classes_are_not_left_on_the_widget():
    form = Sample()
    str(form)

    assert "class" not in form.fields["title"].widget.attrs


def test_parts_of_a_field_have_names_of_their_own(empty):
    assert 'aria-label="Datum"' in empty
    assert 'aria-label="Uhrzeit"' in empty


def test_placeholder_that_repeats_the_label_is_dropped():
    class Twice(forms.Form):
        default_renderer = KernFormRenderer
        mail = forms.CharField(label="E-Mail", widget=forms.TextInput({"placeholder": "E-Mail"}))

    assert "placeholder" not in str(Twice())


def test_script_in_a_value_stays_text():
    assert "<script>" not in str(Sample({"title": "<script>alert(1)</script>"}))


def test_date_is_written_as_the_browser_wants_it():
    form = Sample(initial={"day": "2026-12-03"})

    assert 'type="date"' in str(form["day"])
    assert 'value="2026-12-03"' in str(form["day"])


def test_errors_are_counted_over_all_fields():
    assert kern_forms.error_count(Sample({})) == 3


class Entrance(forms.Form):
    default_renderer = KernFormRenderer

    email = forms.EmailField(label="E-Mail-Adresse")
    password = forms.CharField(
        label="Passwort", widget=forms.PasswordInput, help_text="Zehn <b>Zeichen</b>.", min_length=10
    )


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ({"email": "jana", "password": "ein-langes-passwort"}, 1),
        ({"email": "jana", "password": ""}, 0),
        ({"email": "jana@example.org", "password": "kurz"}, 0),
        ({"email": "jana@example.org", "password": "ein-langes-passwort"}, 0),
        (None, 0),
    ],
)
def test_password_that_is_not_sent_back_asks_to_be_typed_again(typed, asked):
    assert str(Entrance(typed)).count("Bitte geben Sie das Passwort noch einmal ein.") == asked


def test_hint_of_an_emptied_password_is_named_by_its_field():
    form = str(Entrance({"email": "jana", "password": "ein-langes-passwort"}))
    assert 'aria-describedby="id_password_helptext"' in form
    assert "ein-langes-passwort" not in form


class WithFile(forms.Form):
    default_renderer = KernFormRenderer

    title = forms.CharField(label="Titel")
    file = forms.FileField(label="Datei")


@pytest.mark.parametrize(("title", "asked"), [("", 1), ("Ein Titel", 0)])
def test_file_that_browsers_forget_asks_to_be_chosen_again(title, asked):
    form = WithFile({"title": title}, {"file": SimpleUploadedFile("plan.pdf", b"%PDF-")})
    assert str(form).count("Bitte wählen Sie die Datei noch einmal aus.") == asked
