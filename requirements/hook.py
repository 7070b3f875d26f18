"""What hatchling cannot be told in pyproject.toml."""

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface
from hatchling.metadata.plugin.interface import MetadataHookInterface

# Beside the packages, the wheel brings what they read and the one file that names both of them.
BUNDLED = {
    "wsgi.py": "wsgi.py",
    "migrations": "zhitongche/_bundled/migrations",
    "tenants": "zhitongche/_bundled/tenants",
    "docs/federation.example.yaml": "zhitongche/_bundled/docs/federation.example.yaml",
}


class RuntimeRequirements(MetadataHookInterface):
    """The wheel's dependencies are those of runtime.in, so that they stand in one place."""

    def update(self, metadata: dict[str, Any]) -> None:
        """Fill the `dependencies` that pyproject.toml declares dynamic."""
        lines = (Path(self.root) / "requirements" / "runtime.in").read_text(encoding="utf-8").splitlines()
        stripped = (line.strip() for line in lines)
        metadata["dependencies"] = [line for line in stripped if line and not line.startswith(("#", "-"))]


class Bundle(BuildHookInterface[Any]):
    """Copies into the wheel only: an editable installation would otherwise run on stale copies."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Add the bundled files to a standard wheel."""
        if version == "standard":
            root = Path(self.root)
            build_data["force_include"].update({str(root / source): to for source, to in BUNDLED.items()})
