"""The web application: the platform, and the escalation above it."""

from zhitongche.app.factory import create_app
from zhitongche.kernel.settings import Settings

app = create_app(Settings.from_env())
