from dkbm.launcher import kern_css

SOURCE = """@charset "UTF-8";
/* { a comment } */
* { box-sizing: border-box; }
:root { --kern-used: var(--kern-base); --kern-base: 1px; --kern-unused: 2px; --kern-ours: red; }
[data-kern-theme=light],
.kern-light { --kern-used: var( --kern-base, 3px ); }
[data-kern-theme=dark], .kern-dark { --kern-used: 9px; }
:is(body, .kern-dark):not([class*=kern-level-]), .kern-level-0 { --kern-context: var(--kern-base); }
.kern-alert, .kern-card { border: var(--kern-used) solid var(--kern-ours); }
.kern-alert:not(.kern-alert--small)::before { content: "a, b; c } \\"d\\""; top: 0 !important; }
.kern-alert--small, .kern-alert .kern-title { color: red; }
.kern-dropdown .kern-label { color: red; }
.kern-form-input:has(input, select) .kern-label { color: var(--kern-context); }
.kern-label:has(.kern-label__optional) { color: green; }
@media (min-width: 768px) { :root { --kern-base: 4px; } .kern-alert { padding: 0; } .kern-col { width: 1px; } }
@media (prefers-color-scheme: dark) { :root { --kern-used: 8px; } .kern-alert { color: white; } }
.kern-label::after { mask: url("data:image/svg+xml,%3Csvg/%3E"); }
.kern-label::before { mask: linear-gradient(red, blue), url(data:image/svg+xml,%3Cg/%3E); }
"""
USED = {"kern-alert", "kern-form-input", "kern-label"}


def reduced(*own_css: str) -> tuple[str, dict[str, bytes]]:
    return kern_css.reduce_kern(
        SOURCE, classes=USED, own_css=own_css or [":root { --kern-ours: blue }"], folder="icons"
    )


def test_only_rules_of_used_classes_are_kept():
    css, _ = reduced()

    assert ".kern-alert{border:var(--kern-used) solid var(--kern-ours)}" in css
    assert ".kern-card" not in css
    assert ".kern-dropdown" not in css
    assert ".kern-title" not in css
    assert ".kern-alert--small{" not in css
    assert "__optional" not in css
    assert "box-sizing" not in css


def test_class_that_an_element_must_not_have_needs_no_use():
    assert ".kern-alert:not(.kern-alert--small)::before{" in reduced()[0]


def test_strings_and_importance_are_left_as_they_are():
    assert """{content:"a, b; c } \\"d\\"";top:0!important}""" in reduced()[0]


def test_comma_in_parentheses_does_not_split_a_selector():
    assert ".kern-form-input:has(input, select) .kern-label{color:var(--kern-context)}" in reduced()[0]


def test_media_rules_are_kept_with_what_is_left_in_them():
    css, _ = reduced()

    assert "@media (min-width: 768px){.kern-alert{padding:0}}" in css
    assert ".kern-col" not in css


def test_dark_theme_is_left_out():
    css, _ = reduced()

    assert ":9px" not in css
    assert ":8px" not in css
    assert "white" not in css


def test_properties_are_kept_when_something_refers_to_them_and_we_do_not_set_them():
    css, _ = reduced()

    assert "--kern-base:1px" in css
    assert "body{--kern-context:var(--kern-base)}" in css
    assert "--kern-unused" not in css
    assert "--kern-ours:" not in css


def test_property_that_only_our_own_css_uses_is_kept():
    css, _ = reduced("@layer base { a { top: var(--kern-unused) } }")

    assert "--kern-unused:2px" in css


def test_property_that_our_own_css_sets_in_a_layer_is_left_to_it():
    assert "--kern-base:" not in reduced("@layer tokens { :root { --kern-base: 5px } }")[0]


def test_pictures_become_files_with_relative_addresses():
    css, pictures = reduced()

    assert sorted(pictures.values()) == [b"<g/>", b"<svg/>"]
    assert {f'url("icons/{name}")' in css for name in pictures} == {True}
    assert "data:" not in css


def test_classes_are_found_in_templates():
    template = """<p class="kern-alert {% if x %}kern-alert--info{% endif %}"> ["kern-form-input__input", "kern"]"""

    assert kern_css.kern_classes(template) == {"kern-alert", "kern-alert--info", "kern-form-input__input"}
