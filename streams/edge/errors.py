"""Expected problems at the edge, each told in one clear sentence; the command line shows the text as it is."""

from __future__ import annotations


class BrokerRefused(Exception):  # noqa: N818 - read as `raise BrokerRefused("...")`
    """No usable Kafka: none can be started here, the given one does not answer, or its topics are not as needed."""


class WorkerRefused(Exception):  # noqa: N818 - read as `raise WorkerRefused("...")`
    """A worker cannot start as configured; one line for each problem."""


class WatchRefused(Exception):  # noqa: N818 - read as `raise WatchRefused("...")`
    """Prometheus or Alertmanager is not installed, or does not start."""


EXIT_RESTART = 70
"""EX_SOFTWARE: going on might lose or double a payment; a supervisor starts the worker again, and it reads on from the
committed offsets."""
