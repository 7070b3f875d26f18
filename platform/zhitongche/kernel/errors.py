"""Everything that may be said no to: each error carries the Chinese message its reader is shown."""

from collections.abc import Mapping

from zhitongche.kernel import words


class ZhitongcheError(Exception):
    """An expected failure; `message` is Chinese and safe to show to anyone."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message

    def __str__(self) -> str:
        return self.message


class Refused(ZhitongcheError):
    """The flow or the rules forbid the action; `clause` is the id of the clause that does, e.g. RP-2.3.g."""

    def __init__(self, message: str, clause: str) -> None:
        super().__init__(message)
        self.clause = clause
        # Exceptions are pickled (and so copied to a worker's parent) by their args.
        self.args = (message, clause)


class Invalid(ZhitongcheError):
    """What was filled in cannot be accepted; `errors` maps each field to its Chinese message."""

    def __init__(self, errors: Mapping[str, str], message: str = words.INVALID) -> None:
        super().__init__(message)
        self.errors = dict(errors)
        self.args = (self.errors, message)


class NotFound(ZhitongcheError):
    """No such thing for this reader; the same whether it is missing or another's, so that neither is revealed."""

    def __init__(self, message: str = words.NOT_FOUND) -> None:
        super().__init__(message)


class Forbidden(ZhitongcheError):
    """This person may not; `clause` is the id of the clause that says who may, where there is one."""

    def __init__(self, message: str = words.FORBIDDEN, clause: str | None = None) -> None:
        super().__init__(message)
        self.clause = clause
        self.args = (message, clause)


class Conflict(ZhitongcheError):
    """Someone else was first; nothing was changed."""

    def __init__(self, message: str = words.CONFLICT) -> None:
        super().__init__(message)
