"""An ordinary server of the same data, to compare with: ModelViewSet, ModelSerializer, pages by number.

It has the same models, database, pool and gunicorn, and does the same work for a change: a transaction, a lock on the
row, an entry in the timeline. It counts its reports anew each time, as one does who keeps none.
"""
