"""How gunicorn serves, as `gunicorn.conf.py` says it."""

import gc
import runpy

from django.conf import settings


def test_a_worker_collects_no_garbage_of_what_stays():
    configuration = runpy.run_path(str(settings.BASE_DIR / "gunicorn.conf.py"))

    try:
        configuration["post_worker_init"](None)
        assert gc.get_freeze_count() > 10_000
    finally:
        gc.unfreeze()
