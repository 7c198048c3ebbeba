"""What the fork server loads once, so that a worker starts in milliseconds: the engine, the judge and the words."""

import gc

from derive.service import handlers, worker

worker.warm()
gc.collect()
gc.freeze()  # what is loaded is shared with the workers, and never looked at again by their collectors

__all__ = ["handlers"]
