"""The product with a bridge whose messages do nothing: what remains is the bridge's own work."""

from escalation.carriage.application import Application
from tests.bench.bridge.deaf_apply import nothing
from zhitongche.app.factory import create_app

Application.apply = nothing  # type: ignore[method-assign, assignment]
app = create_app()
