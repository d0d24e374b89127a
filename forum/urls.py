"""URLs of the forum. A lone hyphen is no group's slug: what belongs to no space lies below it."""

from django.urls import include, path

from forum.views import drafts, polls, posts, spaces, topics

app_name = "forum"

of_topic = [
    path("", topics.topic, name="topic"),
    path("beitraege/", topics.missed, name="missed"),
    path("gelesen/", topics.read, name="read"),
    path("mails/", topics.mails, name="mails"),
    path("aktion/", topics.act, name="act"),
    path("abschliessen/", topics.close, name="close"),
    path("loeschen/", topics.delete, name="delete_topic"),
    path("entwurf/", drafts.of_topic, name="topic_draft"),
    path("beitrag/<int:post_id>/entwurf/", drafts.of_post, name="post_draft"),
    path("umfrage/", polls.new_poll, name="new_poll"),
    path("umfrage/<int:poll_id>/", polls.poll, name="poll"),
    path("umfrage/<int:poll_id>/ergebnis.csv", polls.poll_file, name="poll_file"),
    path("beitrag/<int:post_id>/bearbeiten/", posts.edit, name="edit_post"),
    path("beitrag/<int:post_id>/loeschen/", posts.delete, name="delete_post"),
]

urlpatterns = [
    path("", spaces.index, name="index"),
    path("-/gelesen/", spaces.all_read, name="all_read"),
    path("-/entwuerfe/", drafts.mine, name="drafts"),
    path("-/entwuerfe/<int:draft_id>/verwerfen/", drafts.drop, name="drop_draft"),
    path("<slug:space_slug>/entwurf/", drafts.of_space, name="space_draft"),
    path("<slug:space_slug>/", spaces.space, name="space"),
    path("<slug:space_slug>/neu/", spaces.new_topic, name="new_topic"),
    path("<slug:space_slug>/nennen/", spaces.mentions, name="mentions"),
    path("<slug:space_slug>/<int:topic_id>-<slug:slug>/", include(of_topic)),
]
