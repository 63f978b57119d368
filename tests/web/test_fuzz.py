"""The API against its own description: no failure of the server, no answer that the description does not name."""

import pytest
from hypothesis import HealthCheck, given, settings

from prober.app.check import CheckOptions
from prober.web.access import Limiter
from prober.web.app import make_app, make_site
from prober.web.settings import ServeOptions
from tests.factories_case import fraudulent
from tests.web.conftest import BEARER, TOKEN, no_browser

schemathesis = pytest.importorskip("schemathesis")
checks = pytest.importorskip("schemathesis.specs.openapi.checks")
pytestmark = pytest.mark.slow
CHECKS = [
    schemathesis.checks.not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_schema_conformance,
]


@pytest.fixture(scope="module")
def described(tmp_path_factory):
    output = tmp_path_factory.mktemp("cases")
    fraudulent(output)
    site = make_site(ServeOptions(check=CheckOptions(output=output), token=TOKEN, waiting=20), no_browser)
    site.access.requests = site.access.submits = Limiter(10**6, 10**6)
    app = make_app(site)
    return schemathesis.openapi.from_asgi("/api/v1/openapi.json", app, headers=BEARER | {"Host": "localhost"})


def test_every_answer_is_one_that_was_described(described):
    operations = [result.ok() for result in described.exclude(path_regex="events$").get_all_operations()]
    assert len(operations) >= 10  # all but the stream, which lasts as long as its case
    for operation in operations:

        @settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck), database=None)
        @given(case=operation.as_strategy())
        def asked(case):
            case.call_and_validate(headers=BEARER | {"Host": "localhost"}, checks=CHECKS)

        asked()
