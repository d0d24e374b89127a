"""What the other numbers are compared with: a Django project of its own, without middleware, on one page.

The page asks three queries and renders one template of 38 KB; one WSGI process keeps its connection. Nothing of the
product is imported here.
"""
