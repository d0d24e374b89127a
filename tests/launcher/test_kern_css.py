from dkbm.launcher import kern_css

SOURCE = """@charset "UTF-8";
/* { a comment } */
* { box-sizing: border-box; }
:root { --kern-used: var(--kern-base); --kern-base: 1px; --kern-unused: 2px; --kern-ours: red; }
[data-kern-theme=light],
.kern-light { --kern-used: var(--kern-base); }
[data-kern-theme=dark], .kern-dark { --kern-used: 9px; }
.kern-alert, .kern-card { border: var(--kern-used) solid var(--kern-ours); }
.kern-dropdown .kern-label { color: red; }
.kern-form-input:has(input, select) .kern-label { color: blue; }
@media (min-width: 768px) { .kern-alert { padding: 0; } .kern-col { width: 1px; } }
@media (prefers-color-scheme: dark) { :root { --kern-used: 8px; } }
.kern-icon--info { mask: url("data:image/svg+xml,%3Csvg/%3E"); }
"""


def reduced() -> tuple[str, dict[str, bytes]]:
    return kern_css.reduce_kern(SOURCE, [], {"--kern-ours"})


def test_only_rules_of_used_components_are_kept():
    css, _ = reduced()

    assert ".kern-alert{" in css
    assert ".kern-card" not in css
    assert ".kern-dropdown" not in css
    assert "box-sizing" not in css


def test_comma_in_parentheses_does_not_split_a_selector():
    assert ".kern-form-input:has(input,select) .kern-label{" in reduced()[0]


def test_media_rules_are_kept_with_what_is_left_in_them():
    css, _ = reduced()

    assert "@media (min-width: 768px){.kern-alert{" in css
    assert ".kern-col" not in css


def test_dark_theme_is_left_out():
    css, _ = reduced()

    assert ":9px" not in css
    assert ":8px" not in css


def test_properties_are_kept_when_something_refers_to_them_and_we_do_not_set_them():
    css, _ = reduced()

    assert "--kern-base:1px" in css
    assert "--kern-unused" not in css
    assert "--kern-ours:" not in css


def test_property_that_only_our_own_css_uses_is_kept():
    css, _ = kern_css.reduce_kern(SOURCE, ["a { top: var(--kern-unused) }"], set())

    assert "--kern-unused:2px" in css


def test_picture_becomes_a_file_with_a_relative_address():
    css, pictures = reduced()

    (name,) = pictures
    assert pictures[name] == b"<svg/>"
    assert f'url("icons/{name}")' in css
    assert "data:" not in css
