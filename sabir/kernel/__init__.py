"""What every room stands on: actors, refusals, scoping, words; no rows of its own."""

import django_stubs_ext

# Without this Django's fields and managers cannot name the types they hold (`CharField[str, str]`) when they run.
django_stubs_ext.monkeypatch()
