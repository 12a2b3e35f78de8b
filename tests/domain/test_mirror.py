"""The mirror: the rater's own answers turned round, and up to three seeds."""

from peerreview.domain.rating.ballot import Draft, Standing
from peerreview.domain.rating.mirror import MOST_SEEDS, Reflection, Seed, make_mirror

from .builders import PEER, VENDOR


def draft(**partners: dict[str, int]) -> Draft:
    """A draft with answers by question id (`they_back`) for each partner."""
    found = Draft.empty(dict.fromkeys(partners, PEER))
    for partner, given in partners.items():
        for question, answer in given.items():
            found = found.with_answer(partner, question.replace("_", ".", 1), answer)
    return found


def test_a_blank_ballot_has_no_mirror() -> None:
    found = make_mirror(Draft.empty({"a": PEER}))
    assert (found.habits, found.seeds) == ((), ())


def test_habits_are_counted_where_both_sides_are_answered() -> None:
    found = make_mirror(
        draft(
            a={"they_back": 5, "we_back": 2, "they_thanks": 4, "we_thanks": 4},
            b={"they_back": 3, "we_back": 5, "they_thanks": 4},
        )
    )
    label = {habit.id: habit.label for habit in PEER.habit}
    assert found.habits == (
        Reflection(label["back"], they=1, we=1, asked=2),
        Reflection(label["thanks"], they=1, we=1, asked=1),
    )


def test_seeds_are_the_largest_debts_one_a_partner_at_most_three() -> None:
    found = make_mirror(
        draft(
            a={"they_back": 3, "we_back": 2},
            b={"they_back": 5, "we_back": 2, "they_thanks": 5, "we_thanks": 1},
            c={"they_back": 5, "we_back": 3},
            d={"they_back": 2, "we_back": 5},
            e={"they_back": 4, "we_back": 2},
        )
    )
    assert found.seeds == (Seed("b", "a thank-you"), Seed("c", "a lead"), Seed("e", "a lead"))
    assert len(found.seeds) == MOST_SEEDS


def test_who_owes_nothing_gets_no_seed() -> None:
    assert make_mirror(draft(a={"they_back": 2, "we_back": 5})).seeds == ()


def test_a_partner_that_is_left_out_isnt_mirrored() -> None:
    full = draft(a={"they_back": 5, "we_back": 1})
    assert make_mirror(full.with_standing("a", Standing.OURS)).seeds == ()


def test_every_habit_we_ship_has_a_seed_of_its_own_words() -> None:
    for criteria in (PEER, VENDOR):
        for habit in criteria.habit:
            pair = criteria.starred_pair
            answers = {pair[0]: 1, pair[1]: 1, f"they.{habit.id}": 5, f"we.{habit.id}": 1}
            found = Draft.empty({"a": criteria})
            for question, answer in answers.items():
                found = found.with_answer("a", question, answer)
            [seed] = make_mirror(found).seeds
            assert seed.favor.startswith(("a ", "an ", "some "))
