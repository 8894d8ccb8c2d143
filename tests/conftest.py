"""How many examples the laws get: few by default, `ci` and `deep` by --hypothesis-profile."""

from hypothesis import HealthCheck, settings

QUIET = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]

settings.register_profile("default", max_examples=60, deadline=None, suppress_health_check=QUIET)
settings.register_profile("ci", max_examples=2000, deadline=None, derandomize=True, suppress_health_check=QUIET)
settings.register_profile("deep", max_examples=10_000, deadline=None, suppress_health_check=QUIET)
settings.load_profile("default")
