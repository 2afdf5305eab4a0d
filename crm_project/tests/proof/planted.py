"""A server with a defect planted into it: `PLANTED` says which. Each breaks one promise, as a careless change would."""

import os
import random
import time

from django.db import transaction

import crm_project.wsgi
from activities import receivers
from activities.models import Activity
from organizations.models import Organization
from organizations.tenancy import hall
from organizations.tenancy.hall import Record
from organizations.tenancy.signals import record_saved

application = crm_project.wsgi.application


def lost_update():
    """The row is not read again under its lock: what others changed meanwhile is overwritten."""

    without_transactions()
    hall.hold = lambda rows: rows.get()
    Record.lock_stored = lambda self, if_version=None: None if self._state.adding else self.snapshot()
    Record.save = slow(Record.save)


def without_transactions():
    """On SQLite each of them would wait for the one before."""
    transaction.Atomic.__enter__ = lambda self: None
    transaction.Atomic.__exit__ = lambda self, *_: None


def slow(save):
    def save_slowly(self, *args, **options):
        time.sleep(0.3)
        return save(self, *args, **options)

    return save_slowly


def forgotten_lock():
    """Owners are counted, but nobody waits for the other who counts them too."""
    Organization.queue = lambda self: self
    without_transactions()
    Record.save = slow(Record.save)


def silent_except():
    """A change that could not be saved now and then is acknowledged all the same."""
    save = Record.save

    def swallowing(self, *args, **options):
        if self._state.adding or random.random() > 0.3:
            save(self, *args, **options)

    Record.save = swallowing


def late_timeline():
    """The timeline is written after the commit, so that who is killed between the two leaves it out."""
    record_saved.disconnect(dispatch_uid="write_timeline")

    def write_later(instance, stored, by, **_):
        rows = receivers.timeline.entries_for(instance, stored, by)
        transaction.on_commit(lambda: (time.sleep(0.05), Activity.objects.bulk_create(rows)))

    record_saved.connect(write_later, weak=False)


DEFECTS = {defect.__name__: defect for defect in (lost_update, forgotten_lock, silent_except, late_timeline)}
DEFECTS[os.environ["PLANTED"]]()
