"""What can go wrong while the product is being started; each message says what to do, in Chinese."""

from zhitongche.kernel.errors import ZhitongcheError


class NoPostgres(ZhitongcheError):
    """No PostgreSQL programs on this machine."""


class ClusterError(ZhitongcheError):
    """The embedded database cannot be made or started."""


class ClusterBusy(ClusterError):
    """Another process runs the embedded database of this folder."""


class PortTaken(ZhitongcheError):
    """The web server's port is in use."""
