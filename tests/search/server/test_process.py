def test_up(search_server):
    print(search_server.url)
