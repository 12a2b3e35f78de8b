"""The shipped criteria sets hold what the design lists, and bad sets are refused."""

from collections import Counter

import pytest

from peerreview.domain.errors import CriteriaError
from peerreview.domain.rating.criteria import CriteriaSet, Section, Side, read_criteria_set
from peerreview.domain.rating.scale import Scale
from peerreview.domain.text import cell_width

from .builders import PEER, PEER_TOML, VENDOR

BACK = 'id = "back"\nstar = true\npart = "lane"'


def read_changed_set(old: str, new: str) -> str:
    """Return the error message about the shipped set in which `old` is replaced by `new`."""
    assert old in PEER_TOML
    with pytest.raises(CriteriaError) as refused:
        read_criteria_set(PEER_TOML.replace(old, new, 1), "mine.toml")
    message = str(refused.value)
    assert message.startswith("mine.toml: ") and "\n" not in message
    return message.removeprefix("mine.toml: ")


def test_the_default_set_asks_twenty_questions() -> None:
    sections = Counter(question.section for question in PEER.questions)
    assert sections == {Section.THEY: 7, Section.WE: 7, Section.BAD: 3, Section.UGLY: 3}
    assert [question.id for question in PEER.questions] == [
        "they.back", "we.back", "they.thanks", "we.thanks", "they.there", "we.there",
        "they.credit", "we.credit", "they.grow", "we.grow", "they.job", "we.job",
        "they.value", "we.value", "letdown", "greedy", "fearful", "around", "bus", "badmouth",
    ]  # fmt: skip


def test_every_question_has_its_scale() -> None:
    scales = {question.id: question.scale for question in PEER.questions}
    assert scales["they.back"] is scales["we.back"] is Scale.HOW_MANY
    assert scales["they.thanks"] is scales["greedy"] is Scale.HOW_OFTEN
    assert scales["bus"] is Scale.YES_NO


@pytest.mark.parametrize("scale", Scale)
def test_a_scale_has_a_key_a_word_and_a_number_for_each_answer(scale: Scale) -> None:
    keys, words, answers = zip(*scale.choices, strict=True)
    assert sorted(answers) == list(range(1, scale.top + 1))
    assert len(set(keys)) == len(set(words)) == scale.top
    assert [scale.choice_by_key(key) for key in keys] == list(scale.choices)
    assert [scale.choice_by_answer(answer) for answer in answers] == list(scale.choices)
    assert scale.choice_by_key("?") is scale.choice_by_answer(0) is None


def test_the_starred_pair_counts_double_and_letdowns_count_backwards() -> None:
    questions_by_side = {
        side: [(PEER.questions[w.position].id, w.weight, w.is_reversed) for w in weights]
        for side, weights in PEER.weights.items()
    }
    assert questions_by_side[Side.GET] == [
        ("they.back", 2, False), ("they.thanks", 1, False), ("they.there", 1, False),
        ("they.credit", 1, False), ("they.grow", 1, False),
    ]  # fmt: skip
    assert questions_by_side[Side.GIVE] == [
        (name.replace("they", "we"), w, r) for name, w, r in questions_by_side[Side.GET]
    ]
    assert questions_by_side[Side.WORK] == [
        ("they.job", 1, False), ("they.value", 1, False),
        ("letdown", 1, True), ("greedy", 1, True), ("fearful", 1, True),
    ]  # fmt: skip
    assert PEER.starred_pair == ("they.back", "we.back")


@pytest.mark.parametrize("criteria", [PEER, VENDOR], ids=["peer", "vendor"])
def test_questions_of_the_shipped_sets_fit_into_the_grid(criteria: CriteriaSet) -> None:
    for question in criteria.questions:
        assert 0 < cell_width(question.label) <= 24
        assert 0 < cell_width(question.text) <= 60
        assert question.why


def test_the_vendor_and_peer_sets_have_the_same_question_ids() -> None:
    assert list(PEER.positions) == list(VENDOR.positions)
    assert PEER.hash != VENDOR.hash


def test_the_hash_of_a_set_depends_on_its_content_only() -> None:
    copy = read_criteria_set(PEER_TOML + "\n# a remark changes nothing\n", "copy.toml")
    assert copy == PEER and copy.hash == PEER.hash and len(PEER.hash) == 16
    changed = read_criteria_set(PEER_TOML.replace("say thanks", "say thank you", 1), "copy.toml")
    assert changed.hash != PEER.hash
    assert CriteriaSet.model_validate_json(PEER.model_dump_json()) == PEER


def test_broken_toml_names_the_line() -> None:
    with pytest.raises(CriteriaError, match=r"mine\.toml: not valid TOML: .*line 2"):
        read_criteria_set('id = "peer"\nname =\nx = 1', "mine.toml")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('name = "Peers"', 'name = "Peers"\ncolor = 1', "color: Extra inputs are not permitted"),
        ('part = "work"', 'part = "work"\nhint = "x"', "habit.5.hint: Extra inputs"),
        ('id = "peer"', 'id = "Peer set"', "id: String should match pattern"),
        ('id = "peer"\n', "", "id: Field required"),
        ('id = "thanks"', 'id = "back"', "the id 'back' is used twice"),
        ('id = "greedy"', 'id = "back"', "the id 'back' is used twice"),
        ('id = "bus"', 'id = "greedy"', "the id 'greedy' is used twice"),
        ('we = "We thank them: a note, a call, lunch, a better rate."\n', "", "habit.1.we: Field"),
        ("star = true\n", "", "exactly one habit is starred, here 0"),
        ('id = "thanks"\n', 'id = "thanks"\nstar = true\n', "exactly one habit is starred, here 2"),
        (BACK, BACK.replace("lane", "work"), "the starred habit is part of the lane"),
        ('part = "work"', 'part = "play"', "habit.5.part: Input should be 'lane' or 'work'"),
        ('"say thanks"', f'"{"x" * 25}"', "habit.1.label: 'xxx"),
        ('"say thanks"', '"say thanks 株式会社株式会社"', "wider than 24 terminal cells"),
        ('"They run late,', f'"{"x" * 45}', "letdown.0.text: it is longer than 60 characters"),
        ('"say thanks"', '"say\\u202ethanks"', "habit.1.label: it holds an invisible character"),
        ('"Do the job: reliable, solid."', '"\\u001b[2J"', "habit.5.why: it holds a control"),
        ('"Do the job: reliable, solid."', '"  "', "habit.5.why: it is empty"),
        ('why = "Do the job: reliable, solid."\n', "", "habit.5.why: Field required"),
        ('name = "Peers"', 'name = ""', "name: it is empty"),
    ],
)
def test_a_set_that_breaks_a_rule_is_refused_with_its_place(
    old: str, new: str, message: str
) -> None:
    assert message in read_changed_set(old, new)


def _write_habit(id_: str) -> str:
    return f'[[habit]]\nid="{id_}"\npart="lane"\nlabel="l"\nthey="t"\nwe="w"\nwhy="y"\n'


def _write_remark(kind: str, id_: str) -> str:
    return f'[[{kind}]]\nid="{id_}"\nlabel="l"\ntext="t"\nwhy="y"\n'


@pytest.mark.parametrize(
    ("more", "message"),
    [
        (_write_habit("eighth"), "habit: Tuple should have at most 7 items"),
        (_write_remark("letdown", "fourth"), "letdown: Tuple should have at most 3 items"),
        (
            _write_remark("deal_breaker", "fourth") + _write_remark("deal_breaker", "fifth"),
            "deal_breaker: Tuple should have at most 4 items",
        ),
    ],
)
def test_a_set_that_outgrows_the_grid_is_refused(more: str, message: str) -> None:
    with pytest.raises(CriteriaError, match=message):
        read_criteria_set(PEER_TOML + more, "mine.toml")


def test_two_habits_are_enough_for_a_set() -> None:
    toml = 'id="own"\nname="Own"\n' + _write_habit("one").replace(
        'part="lane"', 'part="lane"\nstar=true'
    )
    own = read_criteria_set(toml + _write_habit("two"), "own.toml")
    assert [question.id for question in own.questions] == [
        "they.one", "we.one", "they.two", "we.two",
    ]  # fmt: skip
    assert own.deal_breaker_positions == {} and own.weights[Side.WORK] == ()
    with pytest.raises(CriteriaError, match="habit: Tuple should have at least 2 items"):
        read_criteria_set(toml, "own.toml")
