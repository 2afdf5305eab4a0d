"""A server with a defect planted into it: `PLANTED` says which. Each breaks one promise, as a careless change would."""

import os
import random
import time

from django.db import transaction

import crm_project.wsgi
from activities import receivers
from activities.models import Activity
from organizations.models import Organization
from organizations.tenancy.hall import Record
from organizations.tenancy.signals import record_saved

application = crm_project.wsgi.application


def lost_update():
    """The row is not read again under its lock: what others changed meanwhile is overwritten."""

    def remembered(self, if_version=None):
        return None if self._state.adding else self.snapshot()

    Record.lock_stored = remembered
    Record.save = slow(Record.save)


def slow(save):
    def save_slowly(self, *args, **options):
        time.sleep(0.3)
        return save(self, *args, **options)

    return save_slowly


def forgotten_lock():
    """Owners are counted, but nobody waits for the other who counts them too."""
    Organization.queue = lambda self: self
    transaction.Atomic.__enter__ = lambda self: None
    transaction.Atomic.__exit__ = lambda self, *_: None
    Record.save = slow(Record.save)


def silent_except():
    """A change that could not be saved now and then is acknowledged all the same."""
    save_by = Record.save_by

    def swallowing(self, by, **options):
        if self._state.adding or random.random() > 0.3:
            return save_by(self, by, **options)
        self.stamp()
        return self

    Record.save_by = swallowing


def late_timeline():
    """The timeline is written after the commit, so that who is killed between the two leaves it out."""
    record_saved.disconnect(dispatch_uid="write_timeline")

    def write_later(instance, stored, by, **_):
        rows = receivers.timeline.entries_for(instance, stored, by)
        transaction.on_commit(lambda: (time.sleep(0.05), Activity.objects.bulk_create(rows)))

    record_saved.connect(write_later, weak=False)


DEFECTS = {defect.__name__: defect for defect in (lost_update, forgotten_lock, silent_except, late_timeline)}
DEFECTS[os.environ["PLANTED"]]()
