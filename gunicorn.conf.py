"""How gunicorn serves: one process with threads, which share the memory that the cache lives in.

More processes need a shared cache: set CACHE_URL first.
"""

import os

bind = os.environ.get("BIND", "127.0.0.1:8000")
workers = int(os.environ.get("WEB_CONCURRENCY", "1"))
threads = int(os.environ.get("THREADS", "8"))
worker_class = "gthread"
keepalive = 15
control_socket_disable = True
