"""The calendar of a tenant for words that only count days."""

from zhitongche.deployment.database import cluster_of, database
from zhitongche.kernel.errors import NotFound
from zhitongche.kernel.settings import Settings
from zhitongche.kernel.working_days import Calendar
from zhitongche.tenancy import calendar, packs


def calendar_of(code: str, settings: Settings) -> Calendar:
    """With the days that the administrator has set, where there is a database; raises NotFound."""
    registry = packs.of(settings)
    if code not in registry:
        raise NotFound(f"没有名为“{code}”的租户，现有：{'、'.join(registry)}")
    if not settings.database_url and not cluster_of(settings).exists:
        return calendar.bare(registry[code])
    from zhitongche.app.factory import create_app
    from zhitongche.persistence import tenant_scope

    with database(settings) as live, create_app(live, registry).app_context(), tenant_scope(code):
        return calendar.calendar_of(registry[code])
