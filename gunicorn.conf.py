"""How gunicorn serves: one process with threads, which share the memory that the cache lives in."""

import gc
from pathlib import Path

import environ

env = environ.Env()
env.read_env(Path(__file__).with_name(".env"))

bind = env.str("BIND", default="127.0.0.1:8000")
workers = env.int("WEB_CONCURRENCY", default=1)
threads = env.int("THREADS", default=8)
worker_class = "crm_project.punctual.PunctualWorker"
keepalive = 15
control_socket_disable = True
forwarder_headers = ""  # nobody in front of us may move our addresses by a header

if workers > 1 and not env.str("CACHE_URL", default="").startswith("redis"):
    raise SystemExit("Several processes need a shared cache: set CACHE_URL, or WEB_CONCURRENCY=1.")


def post_worker_init(worker):
    """What is there when serving begins stays: no collection of garbage has to go through it, all threads waiting."""
    gc.collect()
    gc.freeze()
