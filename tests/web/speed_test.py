"""The first view of every element and of the shell is 60 kB at the most, and a list of 100,000 rows scrolls."""
import unittest

from place import Place


class Speed(unittest.TestCase):
    def test_first_views_and_a_long_list(self):
        with Place(peers=False) as place:
            place.browse("speed")


if __name__ == "__main__":
    unittest.main()
