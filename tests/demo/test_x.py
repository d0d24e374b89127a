import time, cProfile, pstats
from pathlib import Path
from dkbm.demo.domain.reference import load_reference
from dkbm.tenancy.context import bind_all
def test_x(db):
    with bind_all("x", as_owner=True):
        for _ in range(2):
            t=time.time()
            load_reference(Path("/work/shared/data"), say=lambda line: print(round(time.time()-t,2), line))

