"""What an operator does to a user."""

from django.urls import reverse

from organizations import tokens
from organizations.models import User
from organizations.tests.factories import UserFactory


def change(desk, user, **values):
    form = {"email": user.email, "name": user.name, "locale": user.locale, "time_zone": user.time_zone, **values}
    return desk.post(reverse("admin:organizations_user_change", args=[user.pk]), form)


def test_deactivating_a_user_ends_their_logins_for_good(desk):
    user = UserFactory()
    tokens.issue(user)

    assert change(desk, user).status_code == 302  # "active" is a box that is not ticked

    assert User.objects.get(pk=user.pk).is_active is False
    assert user.logins.count() == 0


def test_any_other_change_leaves_the_logins(desk):
    user = UserFactory()
    tokens.issue(user)

    assert change(desk, user, name="Anna Weber", is_active="on").status_code == 302

    assert User.objects.get(pk=user.pk).name == "Anna Weber"
    assert user.logins.count() == 1
