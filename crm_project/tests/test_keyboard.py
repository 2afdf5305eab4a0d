"""What pages tell the keyboard map: whether it is on."""

import pytest

from organizations import accounts


@pytest.mark.parametrize(("is_on", "attributes"), [(True, []), (False, ['data-keys="off"'])])
def test_page_says_whether_single_keys_act(at, owner, is_on, attributes):
    accounts.update_user(owner.user, keyboard_shortcuts=is_on)

    assert at(owner).read("contacts/").all('<body[^>]*(data-keys="off")[^>]*>') == attributes
