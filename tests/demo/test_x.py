import time
from pathlib import Path
from django.db import connection
from dkbm.demo.domain.demo import load_demo
from dkbm.demo.domain.reference import load_reference
from dkbm.tenancy.context import bind_all
def test_x(db):
    with bind_all("x", as_owner=True):
        connection.force_debug_cursor=True
        for f in (lambda say: load_demo(say=say), lambda say: load_demo(say=say),lambda say: load_reference(Path("/work/shared/data"), say=say)):
            t=time.time(); c=time.process_time()
            f(lambda line: print(round(time.time()-t,2), round(time.process_time()-c,2), line, len(connection.queries_log)))
            print('time', round(time.time()-t,2), round(time.process_time()-c,2))
