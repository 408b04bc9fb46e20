"""Which duties the books about drugs make."""

from portal.drugs.duties.reviews import of_reviews
from portal.drugs.duties.tests import source_of_tests

__all__ = ["of_reviews", "source_of_tests"]
