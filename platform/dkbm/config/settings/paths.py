"""Where the apps are mounted, as names that nobody else may take."""

# Paths and hosts of the platform, of today and of what is planned: no page, workgroup or network is called so
# (dkbm.tenancy.reserved).
RESERVED_SLUGS = frozenset(
    {
        "abbestellen",
        "admin",
        "ag",
        "api",
        "benachrichtigungen",
        "betrieb",
        "blickpunkt",
        "cms",
        "datei",
        "dokument",
        "forum",
        "glossar",
        "healthz",
        "hilfe",
        "katalog",
        "kommunen",
        "konto",
        "look",
        "mitglieder",
        "netz",
        "netzweit",
        "neu",
        "plattform",
        "postfach",
        "readyz",
        "rundschreiben",
        "static",
        "suche",
        "veranstaltungen",
        "verwaltung",
        "ws",
        "www",
    }
)
