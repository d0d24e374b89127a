"""The mailbox reads what the sink writes, newest first, and shows text, never HTML."""

from pathlib import Path

import pytest

from dkbm.demo.postfach import mailbox
from dkbm.demo.postfach.links import linked
from tests.demo.postfach.maildir import put


def test_missing_mailbox_is_empty(tmp_path: Path) -> None:
    assert mailbox.list_mails(tmp_path / "mails") == []


def test_list_is_newest_first_with_all_recipients(tmp_path: Path) -> None:
    put(tmp_path, "alt", second=1)
    put(tmp_path, "neu", second=2)
    mails = mailbox.list_mails(tmp_path)
    assert [mail.key for mail in mails] == ["neu", "alt"]
    assert mails[0].subject == "Bestätigung für neu"
    assert mails[0].recipients == ("neu@example.org", "still@example.org")
    assert mails[0].received.timestamp() == 2


def test_list_by_recipient_holds_only_theirs(tmp_path: Path) -> None:
    put(tmp_path, "a", to="leitung@bayern.example.org")
    put(tmp_path, "b", to="mitglied@bayern.example.org")
    assert [mail.key for mail in mailbox.list_mails(tmp_path, recipient="Leitung@Bayern")] == ["a"]
    assert mailbox.list_mails(tmp_path, recipient="niemand@") == []


def test_mail_shows_its_plain_text(tmp_path: Path) -> None:
    put(tmp_path, "a")
    assert mailbox.get_mail(tmp_path, "a").text == ("Grüße\n\nhttp://niedersachsen.localhost:8000/konto/x:y/.\n")


def test_mail_without_plain_text_shows_words_without_tags(tmp_path: Path) -> None:
    put(tmp_path, "a", raw=b"Content-Type: text/html; charset=utf-8\n\n<p>Hallo <b>Sie</b></p>")
    assert mailbox.get_mail(tmp_path, "a").text == "Hallo Sie"


def test_mail_in_unknown_character_set_is_readable(tmp_path: Path) -> None:
    put(tmp_path, "a", raw=b"Content-Type: text/plain; charset=x-unknown\n\nHallo \xff")
    assert mailbox.get_mail(tmp_path, "a").text.startswith("Hallo ")


@pytest.mark.parametrize("key", ["fehlt", "../new/a", "", "../../secrets.json"])
def test_key_is_a_name_and_never_a_path(tmp_path: Path, key: str) -> None:
    put(tmp_path, "a")
    with pytest.raises(mailbox.MailMissingError):
        mailbox.get_mail(tmp_path, key)


def test_addresses_become_links_and_the_rest_is_escaped() -> None:
    assert linked('Los: https://a.example.org/?x=1&y="2".\n\n<script>') == (
        '<p>Los: <a href="https://a.example.org/?x=1&amp;y=">https://a.example.org/?x=1&amp;y=</a>&quot;2&quot;.</p>'
        "\n\n<p>&lt;script&gt;</p>"
    )


def test_punctuation_after_an_address_is_not_part_of_it() -> None:
    assert linked("(http://localhost:8000/konto/x:y/).") == (
        '<p>(<a href="http://localhost:8000/konto/x:y/">http://localhost:8000/konto/x:y/</a>).</p>'
    )
