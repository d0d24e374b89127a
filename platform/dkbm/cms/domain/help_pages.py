"""First version of the pages that help people in. Editors make them their own; taken away they stay away."""

from __future__ import annotations

from dkbm.cms.domain.pages import Body, FirstPage
from dkbm.cms.models import StandardPage
from dkbm.tenancy.models import Network


def _first_steps(network: Network) -> Body:
    return [
        (
            "text",
            f"<p>So kommen Sie an und finden, was {network.name} Ihnen bietet.</p>",
        ),
        ("heading", "Mitglied werden"),
        (
            "text",
            "<ol><li>Unter „Registrieren“ geben Sie Name, dienstliche E-Mail-Adresse, Funktion und Kommune an.</li>"
            "<li>Sie bekommen eine E-Mail. Mit dem Link darin bestätigen Sie Ihre Adresse.</li>"
            "<li>Die Netzwerkleitung prüft Ihre Anfrage. Sobald Sie aufgenommen sind, bekommen Sie eine E-Mail.</li>"
            "</ol>",
        ),
        ("heading", "Die ersten Tage"),
        (
            "text",
            "<ul><li>Ergänzen Sie unter „Konto“, „Profil und Einstellungen“, was andere über Sie wissen sollen.</li>"
            "<li>Sehen Sie sich die Arbeitsgruppen an und fragen Sie bei der an, die zu Ihrer Aufgabe passt.</li>"
            "<li>Stellen Sie im Forum Ihre erste Frage. Alle Mitglieder lesen sie, und Antworten kommen "
            "auch per E-Mail.</li>"
            "<li>Suchen Sie unter „Gute Praxis“, was andere Kommunen schon gelöst haben, und rufen Sie dort "
            "an.</li></ul>",
        ),
        ("heading", "Menschen finden"),
        (
            "text",
            "<p>Jeder Name führt zu einer Seite mit Funktion, Kommune und Gruppen. Von dort schreiben Sie "
            "eine Nachricht; Ihre "
            "E-Mail-Adresse bleibt verborgen, wenn Sie sie nicht selbst mitschicken.</p>",
        ),
    ]


def _questions(network: Network) -> Body:
    return [
        ("heading", "Warum sehe ich nicht alles?"),
        (
            "text",
            "<p>Foren, Mitglieder und manche Beispiele sehen nur aufgenommene Mitglieder. Den Bereich einer "
            "Gruppe sieht nur, wer "
            "ihr angehört, und die Netzwerkleitung.</p>",
        ),
        ("heading", "Die E-Mail zur Bestätigung kommt nicht an. Was nun?"),
        (
            "text",
            "<p>Sehen Sie im Spam-Ordner nach und prüfen Sie, ob die Adresse richtig geschrieben war. "
            "Registrieren Sie sich "
            "sonst noch einmal; so bekommen Sie einen neuen Link.</p>",
        ),
        ("heading", "Ich habe mein Passwort vergessen."),
        (
            "text",
            "<p>Unter „Einloggen“ führt „Passwort vergessen?“ zu einem Link, mit dem Sie ein neues festlegen.</p>",
        ),
        ("heading", "Ich bekomme zu viele E-Mails."),
        (
            "text",
            "<p>Unter „Konto“, „Benachrichtigungen“ stellen Sie ein, wovon Sie per E-Mail hören. Auch "
            "Nachrichten von Mitgliedern "
            "können Sie dort abstellen.</p>",
        ),
        ("heading", "Ich wechsle die Stelle. Was geschieht mit meinen Beiträgen?"),
        (
            "text",
            "<p>Funktion und Kommune ändern Sie selbst im Profil. Treten Sie aus, bleiben Ihre Beiträge lesbar.</p>",
        ),
        ("heading", "Wer hilft mir weiter?"),
        ("text", f"<p>{network.name}: Schreiben Sie uns über „Hilfe“ am Ende jeder Seite.</p>"),
    ]


HELP_PAGES: tuple[FirstPage, ...] = (
    ("erste-schritte", "Erste Schritte", _first_steps),
    ("fragen-und-antworten", "Fragen und Antworten", _questions),
)


def help_pages() -> list[StandardPage]:
    """Those that the bound network has published, in their order; one query."""
    slugs = [slug for slug, _title, _body in HELP_PAGES]
    return sorted(StandardPage.objects.live().filter(depth=3, slug__in=slugs), key=lambda page: slugs.index(page.slug))
