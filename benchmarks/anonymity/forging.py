"""FORGE: somebody forges ballots, keys or copies of the file. Does it work unnoticed?"""

from nacl.public import PrivateKey, PublicKey
from nacl.utils import random

from benchmarks.anonymity import leaky_rules, leaky_storage
from benchmarks.anonymity.result import Attack
from benchmarks.anonymity.scratch_round import WEAK
from benchmarks.anonymity.table import HEADS, HONEST, PARTNERS, Table
from peerreview.ballotbox import keeper, words
from peerreview.ballotbox.box import ballot_key, parse_code
from peerreview.ballotbox.key import TAG_BYTES, Strength, Stretcher, from_base64, to_base64
from peerreview.ballotbox.row import seal_row
from peerreview.ballotbox.words import CODE_WORDS, Words
from peerreview.domain.errors import RuleError
from peerreview.domain.round.box import Box, BoxChange

_KEYS = 25_000


def hand_in_an_extra_ballot(table: Table) -> bool:
    """The holder of the file draws a code and hands in a fifth ballot; four hands are counted."""
    table.scratch.take_turn([1] * PARTNERS)
    return table.closes_unnoticed()


def draw_many_codes(table: Table) -> bool:
    """A rater draws more codes than there are heads."""
    for _ in range(HEADS - HONEST + 1):
        table.scratch.take_turn([1] * PARTNERS)
    return True


def put_in_a_forged_row(table: Table) -> bool:
    """The holder of the file replaces a row by one that was sealed without a code.

    A rater who came back would see another receipt; here nobody comes back.
    """

    def with_forged_row(box: Box) -> Box:
        slot = next(slot for slot in box.slots if slot.tag)
        row = seal_row(
            PublicKey(from_base64(box.head.public_key)), bytes(TAG_BYTES), slot.partner, None
        )
        return box.with_change(BoxChange(slots=[slot._replace(row=row)]))

    table.rewrite(with_forged_row)
    table.scratch.close(HONEST)
    return True


def swap_the_key(table: Table) -> bool:
    """The holder of the file replaces the public key by his own, to read later ballots.

    The next rater compares the check words with the words the others saw.
    """
    expected_words = table.seats[0].check_words
    own_key = to_base64(bytes(PrivateKey.generate().public_key))

    def with_own_key(box: Box) -> Box:
        return Box(box.head.evolve(public_key=own_key), box.tickets, box.slots)

    table.rewrite(with_own_key)
    return table.scratch.take_turn([HONEST] * PARTNERS).check_words == expected_words


class _NoTime(Stretcher):
    def stretch(self, words: Words, salt: bytes) -> bytes:
        raise RuleError("an Argon2id for every key is too much")


def search_for_a_key(table: Table) -> bool:
    """The holder of the file searches for a key of his own with the check words of the box.

    Three words take 2^33 keys: hours if a key only has to be hashed, decades of a core if every key
    costs an Argon2id. The attack looks for the first word only, with hashes but without Argon2id.
    """
    head, wanted = table.scratch.box().head, table.seats[0].check_words[0]
    stretcher = _NoTime(Strength())
    keys = (to_base64(random(32)) for _ in range(_KEYS))
    return any(
        keeper.check_words(head.evolve(public_key=key), stretcher)[0] == wanted for key in keys
    )


def put_an_older_copy_back(table: Table) -> bool:
    """The holder of the file restores an older copy, so that a replaced ballot counts again."""
    copy = table.scratch.box_file.read_bytes()
    table.receipts[0] = table.rate_again(0, 2)
    table.scratch.box_file.write_bytes(copy)
    return table.closes_unnoticed()


def rate_under_somebodys_code(table: Table) -> bool:
    """The facilitator knows all codes and replaces a ballot; its rater compares the receipt."""
    table.rate_again(0, 1)
    return table.closes_unnoticed()


def try_a_list_of_codes(table: Table) -> bool:
    """Somebody with the box file tries codes that repeat one word, for every word of the list.

    A real guess costs one Argon2id at 64 MiB: a core needs a day and a half for 10^6 codes, and one
    of 1.5 million such lists contains a code of twelve people. The guesses here cost less.
    """
    box, stretcher = table.scratch.box(), Stretcher(WEAK)
    tags = {ticket.tag for ticket in box.tickets}
    codes = (parse_code(" ".join([word] * CODE_WORDS)) for word in words.word_list())
    return any(ballot_key(box.head, code, stretcher).ticket_tag in tags for code in codes)


ATTACKS = (
    Attack("FORGE", "an extra ballot", "the program", hand_in_an_extra_ballot,
           leaky_rules.uncounted_hands, "no hands counted"),
    Attack("FORGE", "a second code", "the program", draw_many_codes,
           leaky_rules.endless_codes, "no limit"),
    Attack("FORGE", "a forged row", "the box file", put_in_a_forged_row,
           leaky_rules.unchecked_rows, "rows unchecked"),
    Attack("FORGE", "a swapped key", "the box file", swap_the_key,
           leaky_rules.same_check_words, "no check words"),
    Attack("FORGE", "a key like the box's", "box, 25,000 keys", search_for_a_key,
           leaky_rules.unstretched_check_words, "words at once"),
    Attack("FORGE", "an older copy", "copies between turns", put_an_older_copy_back,
           leaky_rules.same_receipt, "no receipt"),
    Attack("FORGE", "another's code", "all codes", rate_under_somebodys_code,
           leaky_rules.same_receipt, "no receipt"),
    Attack("FORGE", "a list of codes", "box, 2,048 codes", try_a_list_of_codes,
           leaky_storage.one_word_codes, "short codes"),
)  # fmt: skip
