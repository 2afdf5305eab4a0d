"""The forms of operators for what is more than one row: a user with a password, an organization, an invitation."""

from django import forms
from django.contrib import admin
from django.contrib.auth.forms import AdminUserCreationForm, UserChangeForm

from organizations import actions
from organizations.models import Invitation, Membership, Organization, User
from organizations.tenancy.form_fields import Chosen
from organizations.tenancy.forms import OperatorForm


class NewUserForm(AdminUserCreationForm):
    class Meta:
        model = User
        fields = ["email", "name"]


class UserForm(UserChangeForm):
    class Meta:
        model = User
        fields = "__all__"


class NewOrganizationForm(OperatorForm):
    owner = forms.ModelChoiceField(User.objects.all(), widget=Chosen(Membership._meta.get_field("user"), admin.site))

    class Meta:
        model = Organization
        fields = ["name", "slug", "base_currency", "time_zone"]

    def save(self, commit: bool = True) -> Organization:
        settings = {name: self.cleaned_data[name] for name in NewOrganizationForm.Meta.fields}
        self.instance = actions.open_organization(self.cleaned_data["owner"], **settings).organization
        return self.instance


class InvitationForm(OperatorForm):
    by: Membership
    accept_url = ""

    class Meta:
        model = Invitation
        fields = ["organization", "email", "role"]

    def judge(self) -> None:
        """It is judged as it is sent, when it has its token."""

    def save(self, commit: bool = True) -> Invitation:
        offer = {name: self.cleaned_data[name] for name in ("email", "role")}
        self.instance, token = actions.invite(**offer, by=self.by)
        self.accept_url = actions.accept_url(token)
        return self.instance
