"""The words that packs may use are the words that the code knows."""

from zhitongche.casework.fields import CLEANERS
from zhitongche.casework.verbs import VERBS as USE_CASES
from zhitongche.flow.vocabulary import NEEDS, VERBS


def test_every_verb_of_the_vocabulary_has_its_use_case_and_no_use_case_lacks_a_verb() -> None:
    assert set(USE_CASES) == set(VERBS)


def test_every_kind_of_need_can_be_cleaned() -> None:
    assert {need.kind for need in NEEDS.values()} <= set(CLEANERS)
