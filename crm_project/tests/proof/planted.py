"""A server with a defect planted into it: `PLANTED` says which. Each breaks one promise, as a careless change would."""

import os
import random
import time

from django.conf import settings
from django.db import transaction
from django.db.backends.signals import connection_created

import crm_project.proof.narrow_disk
from activities import receivers
from activities.models import Activity
from analytics import cache
from crm_project import outages
from organizations.models import Organization
from organizations.tenancy import hall
from organizations.tenancy.hall import Record
from organizations.tenancy.signals import record_saved

application = crm_project.proof.narrow_disk.application


def lost_update():
    """The row is not read again under its lock: what others changed meanwhile is overwritten."""

    without_transactions()
    hall.hold = lambda one: one.rows.get()
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


def early_commit():
    """PostgreSQL says that a change is kept before it is: a crash takes the last ones away."""

    def hurry(connection, **_):
        connection.cursor().execute("SET synchronous_commit = off")

    connection_created.connect(hurry, weak=False)


def stale_figures():
    """A change does not make figures that were kept unreachable."""
    cache.forget = lambda organization_id: None


def boundless_bodies():
    """A body is read however long it is."""
    settings.MAX_BODY_BYTES = settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 10**12


def no_word_for_a_full_disk():
    """Nobody thought of a disk that gets full."""
    outages.SQLITE.pop("database or disk is full")


DEFECTS = {
    defect.__name__: defect
    for defect in (
        lost_update,
        forgotten_lock,
        silent_except,
        late_timeline,
        early_commit,
        stale_figures,
        boundless_bodies,
        no_word_for_a_full_disk,
    )
}
DEFECTS[os.environ["PLANTED"]]()
