"""Hostile messages truly signed by a member of the list: what readers disagree on or are deceived by, and what does not belong."""

from __future__ import annotations

from escalation.wire import kinds
from tests.escalation.wire import making
from tests.escalation.wire.corpus import Kinds
from tests.escalation.wire.world import DATA, HASH, SUBJECT

KINDS = kind = Kinds("message")

# What JSON readers disagree on.
kind("duplicate keys in the attributes", "duplicate_key", lambda w: making.raw(w, '"to":', f'"to":"{w.nearby}","to":'))
kind("duplicate keys in the data", "duplicate_key", lambda w: making.raw(w, '"level":', '"level":"province","level":'))
kind("duplicate keys, one escaped", "duplicate_key", lambda w: making.raw(w, '"level":', '"l\\u0065vel":"province","level":'))
kind("not a number", "number", lambda w: making.raw(w, '"documents":12', '"documents":NaN'))
kind("infinity by exponent", "number", lambda w: making.raw(w, '"documents":12', '"documents":1e999'))
kind("a fraction", "number", lambda w: making.raw(w, '"documents":12', '"documents":12.0'))
kind("a number beyond exactness", "number", lambda w: making.raw(w, '"documents":12', '"documents":9007199254740993'))
kind("ten thousand digits", "number", lambda w: making.raw(w, '"documents":12', f'"documents":{"9" * 10_000}'))
kind("a lone surrogate", "character", lambda w: making.raw(w, "厂房", "\\ud800"))
kind("a zero byte in a text", "character", lambda w: making.raw(w, "厂房", "\\u0000"))
kind("a surrogate in UTF-8", "malformed", lambda w: making.raw(w, "厂房", "\ud800"))
# What readers are deceived by.
kind("letters in the other direction", "character", lambda w: making.raw(w, "厂房", "\u202e厂房"))
kind("an invisible character in a text", "character", lambda w: making.raw(w, "权限", "权\u200b限"))
kind("not normalized", "character", lambda w: making.raw(w, "厂房", "cafe\u0301"))
kind("a look-alike letter in a title", "schema", lambda w: making.told(w, title="\u0410区厂房"))
kind("a radical in place of a character", "schema", lambda w: making.told(w, title="\u2f00期厂房"))
kind("a private character in a name", "schema", lambda w: making.told(w, area="\ue000镇"))
# The attributes.
kind("an unknown attribute", "attribute_unknown", lambda w: making.said(w, dataschema="https://evil.example/schema"))
kind("a missing attribute", "attribute_missing", lambda w: making.said(w, since=None))
kind("another version of CloudEvents", "attribute_value", lambda w: making.said(w, specversion="0.3"))
kind("a number in the place of text", "attribute_value", lambda w: making.said(w, sequence=1))
kind("a time without zone", "attribute_value", lambda w: making.said(w, time="2026-03-06T02:00:00.000000"))
kind("a day that does not exist", "attribute_value", lambda w: making.said(w, time="2026-02-30T02:00:00.000000Z"))
kind("a UUID in capitals", "attribute_value", lambda w: making.said(w, subject=str(SUBJECT).upper()))
kind("digits of another script", "attribute_value", lambda w: making.said(w, sequence="000000000\u0661"))
kind("a sequence beyond all", "attribute_value", lambda w: making.said(w, sequence="9999999999"))
kind("a case message without number", "attribute_value", lambda w: making.said(w, sequence="0000000000", since="0000000000"))
kind("an epoch that begins after the message", "attribute_value", lambda w: making.said(w, since="0000000002"))
kind("a control message with a number", "attribute_value", lambda w: making.said(w, type=kinds.SEAL, data=DATA[kinds.SEAL]))
# The stage.
kind("the enterprise named in the notice", "schema", lambda w: making.told(w, enterprise={"name": "某某陶瓷有限公司"}))
kind("contents in the notice", "schema", lambda w: making.told(w, content="二期厂房"))
kind("a contact that is not masked", "schema", lambda w: making.told(w, kinds.DETAILS, contact_masked="陈先生 13800001234"))
kind("a contact hidden by spaces", "schema", lambda w: making.told(w, kinds.DETAILS, contact_masked="陈* 138 0000 1234"))
kind("a field left out", "schema", lambda w: making.told(w, ground=None))
kind("a null in the data", "schema", lambda w: making.raw(w, '"matter":"用地"', '"matter":null'))
kind("true as a number", "schema", lambda w: making.raw(w, '"documents":12', '"documents":true'))
kind("a text without end", "schema", lambda w: making.told(w, title="长" * 121))
kind("opinions without end", "schema", lambda w: making.told(w, opinions=DATA[kinds.ESCALATE]["opinions"] * 21))
kind("a digest of another length", "schema", lambda w: making.told(w, dossier={"digest": HASH[:-1], "documents": 1}))
kind("another type's data", "schema", lambda w: making.with_data_of(w, kinds.WITHDRAW))
