"""Numbers that can be checked by themselves: the unified social credit code (统一社会信用代码), the mobile."""

import unicodedata

import phonenumbers
from phonenumbers import PhoneNumberType
from stdnum.cn import uscc

from zhitongche.kernel import words
from zhitongche.kernel.errors import Invalid

_LENGTH = 18
_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_MOBILE_TYPES = {PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE}


def credit_code(text: str, field: str = "credit_code") -> str:
    """The code in its 18 capital characters; takes spaces, hyphens, lower case, full width.

    Raises Invalid on `field`. GB 32100-2015, check digit by GB/T 17710 as python-stdnum has it.
    """
    code = uscc.compact("".join(unicodedata.normalize("NFKC", text).split()))
    fault = _credit_code_fault(code)
    if fault:
        raise Invalid({field: fault})
    return code


def mobile(text: str, field: str = "mobile") -> str:
    """The mainland mobile in its 11 digits; takes +86, spaces, hyphens, full width. Raises Invalid on `field`."""
    typed = unicodedata.normalize("NFKC", text).strip()
    if not typed:
        raise Invalid({field: words.MOBILE_EMPTY})
    try:
        # Letters would be read as the keys they stand on, or as an extension.
        number = phonenumbers.parse("" if any(map(str.isalpha, typed)) else typed, "CN")
    except phonenumbers.NumberParseException:
        raise Invalid({field: words.MOBILE_WRONG}) from None
    digits = str(number.national_number)
    if not _is_mainland_mobile(number, digits):
        raise Invalid({field: words.MOBILE_WRONG})
    return digits


def _credit_code_fault(code: str) -> str | None:
    if not code:
        return words.CODE_EMPTY
    for position, character in enumerate(code, start=1):
        if character not in _ALPHABET:
            return words.CODE_CHARACTER.format(position=position, character=character)
    if len(code) != _LENGTH:
        return words.CODE_LENGTH.format(length=len(code))
    # stdnum.validate refuses a letter in front, which the standard gives to bodies registered by
    # agriculture (N) and others (A, Y): so only its check digit is used.
    # No authority bears 0, and eighteen zeros would pass the check digit.
    if code[0] == "0" or not code[1:8].isdigit():
        return words.CODE_FRONT
    return None if uscc.calc_check_digit(code) == code[-1] else words.CODE_CHECK_DIGIT


def _is_mainland_mobile(number: phonenumbers.PhoneNumber, digits: str) -> bool:
    return (
        phonenumbers.is_valid_number_for_region(number, "CN")
        and phonenumbers.number_type(number) in _MOBILE_TYPES
        and len(digits) == 11
    )
