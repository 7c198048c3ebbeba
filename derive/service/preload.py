"""What the fork server loads once, so that a worker starts in milliseconds: the engine, the judge and the words."""

from derive.service import handlers, worker

worker.warm()

__all__ = ["handlers"]
