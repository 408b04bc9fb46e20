"""The example commune, loaded once a worker."""

from tests.demo.conftest import example, told

__all__ = ["example", "told"]
