"""The departments are all there, by the number that people write."""

import re

import pytest

from knowledge.departments import departments


@pytest.mark.parametrize(
    ("number", "name"),
    [
        ("01", "Ain"),
        ("28", "Eure-et-Loir"),
        ("2A", "Corse-du-Sud"),
        ("2B", "Haute-Corse"),
        ("75", "Paris"),
        ("971", "Guadeloupe"),
        ("976", "Mayotte"),
    ],
)
def test_a_department_is_known_by_its_number(number, name):
    assert departments()[number] == name


def test_all_those_of_mainland_france_are_there():
    mainland = {number for number in departments() if len(number) == 2}
    expected = {f"{n:02}" for n in range(1, 96) if n != 20} | {"2A", "2B"}
    assert mainland == expected


def test_those_overseas_have_three_figures():
    overseas = [number for number in departments() if len(number) != 2]
    assert overseas
    assert all(re.fullmatch(r"97\d", number) for number in overseas)


def test_they_come_in_the_order_in_which_people_look_for_them():
    numbers = list(departments())
    order = sorted(numbers, key=lambda n: (len(n), n.replace("2A", "20").replace("2B", "20b")))
    assert numbers == order
    assert numbers.index("19") < numbers.index("2A") < numbers.index("2B") < numbers.index("21")


def test_no_name_is_empty_or_given_twice():
    names = list(departments().values())
    assert len(set(names)) == len(names)
    assert all(name.strip() == name and name[0].isupper() for name in names)
