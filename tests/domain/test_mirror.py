"""The mirror compares both sides of a rater's own answers and names up to three seeds."""

from peerreview.domain.rating.ballot import Draft, Standing
from peerreview.domain.rating.mirror import MOST_SEEDS, Reflection, Seed, make_mirror

from .builders import PEER, VENDOR


def make_draft(**partners: dict[str, int]) -> Draft:
    """Return a draft with answers by question id (`they_back`) for each partner."""
    filled = Draft.empty(dict.fromkeys(partners, PEER))
    for partner, given in partners.items():
        for question, answer in given.items():
            filled = filled.with_answer(partner, question.replace("_", ".", 1), answer)
    return filled


def test_a_blank_ballot_has_no_mirror() -> None:
    mirror = make_mirror(Draft.empty({"a": PEER}))
    assert (mirror.habits, mirror.seeds) == ((), ())


def test_habits_are_counted_where_both_sides_are_answered() -> None:
    mirror = make_mirror(
        make_draft(
            a={"they_back": 5, "we_back": 2, "they_thanks": 4, "we_thanks": 4},
            b={"they_back": 3, "we_back": 5, "they_thanks": 4},
        )
    )
    label = {habit.id: habit.label for habit in PEER.habit}
    assert mirror.habits == (
        Reflection(label["back"], they=1, we=1, asked=2),
        Reflection(label["thanks"], they=1, we=1, asked=1),
    )


def test_seeds_are_the_three_largest_debts_at_most_one_for_a_partner() -> None:
    mirror = make_mirror(
        make_draft(
            a={"they_back": 3, "we_back": 2},
            b={"they_back": 5, "we_back": 2, "they_thanks": 5, "we_thanks": 1},
            c={"they_back": 5, "we_back": 3},
            d={"they_back": 2, "we_back": 5},
            e={"they_back": 4, "we_back": 2},
        )
    )
    assert mirror.seeds == (Seed("b", "a thank-you"), Seed("c", "a lead"), Seed("e", "a lead"))
    assert len(mirror.seeds) == MOST_SEEDS


def test_a_rater_who_owes_nothing_gets_no_seed() -> None:
    assert make_mirror(make_draft(a={"they_back": 2, "we_back": 5})).seeds == ()


def test_a_partner_that_was_left_out_is_not_mirrored() -> None:
    full = make_draft(a={"they_back": 5, "we_back": 1})
    assert make_mirror(full.with_standing("a", Standing.OURS)).seeds == ()


def test_every_shipped_habit_gives_a_seed_that_fits_into_a_sentence() -> None:
    for criteria in (PEER, VENDOR):
        for habit in criteria.habit:
            pair = criteria.starred_pair
            answers = {pair[0]: 1, pair[1]: 1, f"they.{habit.id}": 5, f"we.{habit.id}": 1}
            filled = Draft.empty({"a": criteria})
            for question, answer in answers.items():
                filled = filled.with_answer("a", question, answer)
            [seed] = make_mirror(filled).seeds
            assert seed.favor.startswith(("a ", "an ", "some "))
