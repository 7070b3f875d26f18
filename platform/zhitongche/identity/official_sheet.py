"""Officials from a spreadsheet: all of it or nothing, with a complaint for every faulty cell."""

import io
import zipfile
from collections.abc import Iterator
from itertools import zip_longest
from typing import BinaryIO

from openpyxl import Workbook, load_workbook
from openpyxl.styles import Font

from zhitongche.flow.facts import Actor
from zhitongche.identity import fields, officials, units, words
from zhitongche.identity.officials import NewAccount, OfficialForm
from zhitongche.identity.permissions import require_admin
from zhitongche.kernel.errors import Invalid

COLUMNS = {
    "login": "账号",
    "name": "姓名",
    "unit": "单位",
    "roles": "角色",
    "mobile": "手机号",
    "title": "职务",
}
MAX_ROWS = 300
MAX_MEGABYTES = 2
_UNPACKED = 50 * 1024 * 1024


def template() -> bytes:
    """An .xlsx to fill in, with the tenant's units and the roles on sheets of their own."""
    book = Workbook()
    sheet = book.active
    sheet.title = words.SHEET_TITLE
    sheet.append(list(COLUMNS.values()))
    for cell in sheet[1]:
        cell.font = Font(bold=True)
        sheet.column_dimensions[cell.column_letter].width = 20
    helping = book.create_sheet(words.SHEET_HELP)
    helping.append([words.SHEET_UNITS, "", words.SHEET_ROLES])
    names = [unit.name for unit in units.listing()]
    for name, role in zip_longest(names, (name for _, name in officials.roles_held())):
        helping.append([name, "", role])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def import_rows(file: BinaryIO, *, by: Actor) -> list[NewAccount]:
    """Make an account of every row; each has an invented first password.

    Raises Invalid with all faults of all rows (`第3行“手机号”`), and then the caller's transaction must be
    rolled back; Forbidden. Each password's hash takes 0.1 s, hence MAX_ROWS.
    """
    require_admin(by)
    rows = list(_rows(file))
    if not rows:
        raise Invalid({"file": words.SHEET_EMPTY})
    errors = _twice(rows)
    for number, form in rows:
        try:
            officials.check(form)
        except Invalid as invalid:
            errors |= {_cell(number, field): message for field, message in invalid.errors.items()}
    if errors:
        raise Invalid(errors)
    return [officials.create(form, by=by) for _, form in rows]


def _rows(file: BinaryIO) -> Iterator[tuple[int, OfficialForm]]:
    lines = _lines(file)
    header = [_text(cell) for cell in next(lines, ())]
    missing = [name for field, name in COLUMNS.items() if name not in header]
    if missing:
        raise Invalid({"file": words.SHEET_COLUMNS.format(columns="、".join(missing))})
    places = {field: header.index(name) for field, name in COLUMNS.items()}
    for number, line in enumerate(lines, start=2):
        if number > MAX_ROWS + 1:
            raise _too_big()
        cells = {field: _text(line[at]) if at < len(line) else "" for field, at in places.items()}
        if any(cells.values()):
            roles = tuple(cells["roles"].replace("，", "、").replace(",", "、").split("、"))
            yield (
                number,
                OfficialForm(
                    login=cells["login"],
                    name=cells["name"],
                    roles=roles,
                    unit=cells["unit"],
                    mobile=cells["mobile"],
                    title=cells["title"],
                ),
            )


def _lines(file: BinaryIO) -> Iterator[tuple[object, ...]]:
    content = file.read(MAX_MEGABYTES * 1024 * 1024 + 1)
    if len(content) > MAX_MEGABYTES * 1024 * 1024:
        raise _too_big()
    try:
        # A small archive may unpack to gigabytes.
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(part.file_size for part in archive.infolist()) > _UNPACKED:
                raise _too_big()
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        yield from book.worksheets[0].iter_rows(values_only=True)
    except Invalid:
        raise
    except Exception as fault:  # whatever the library trips over, it is the file
        raise Invalid({"file": words.SHEET_UNREADABLE}) from fault


def _twice(rows: list[tuple[int, OfficialForm]]) -> dict[str, str]:
    first: dict[str, int] = {}
    errors: dict[str, str] = {}
    for number, form in rows:
        login = fields.folded(form.login)
        if login in first:
            errors[_cell(number, "login")] = words.SHEET_TWICE.format(row=first[login])
        first.setdefault(login, number)
    return errors


def _text(cell: object) -> str:
    # Spreadsheets keep a mobile number as a number.
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else str(cell).strip()


def _cell(number: int, field: str) -> str:
    return words.SHEET_CELL.format(row=number, column=COLUMNS[field])


def _too_big() -> Invalid:
    return Invalid({"file": words.SHEET_TOO_BIG.format(rows=MAX_ROWS, megabytes=MAX_MEGABYTES)})
