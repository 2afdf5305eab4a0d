"""The pages about who works here: members, their roles, leaving, and invitations."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from organizations import actions
from organizations.models import Invitation, Membership
from organizations.roles import Role
from organizations.settings_forms import HandOverForm, InviteForm, Outcome, offered_roles
from organizations.tenancy.ids import parse_id
from organizations.tenancy.settings_pages import Button, SettingsPage, reasons_against
from organizations.tenancy.toasts import tell
from organizations.tenancy.views import REFUSED, RecordPage


class OfMembers:
    model = Membership

    def narrow(self, members: Any) -> Any:
        return members.select_related("user")


class OfInvitations:
    model = Invitation

    def narrow(self, invitations: Any) -> Any:
        return invitations.filter(accepted_at=None).select_related("invited_by")


class MemberListPage(SettingsPage):
    """Members and open invitations; the buttons of this page answer with it when they are refused."""

    page = "list"

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        by = self.request.membership
        members: list[Any] = list(
            Membership.objects.for_membership(by).select_related("user").order_by("user__name", "id")
        )
        for member in members:
            member.is_offered = member.may_be_changed_by(by)
        invitations = Invitation.objects.for_membership(by).filter(accepted_at=None).select_related("invited_by")
        lists = {"members": members, "invitations": invitations.order_by("-created_at", "-id")}
        return super().get_context_data(**lists, roles=offered_roles(by), **more)


class RoleButton(Button, OfMembers, RecordPage, MemberListPage):
    def act(self, request: Any) -> HttpResponse:
        member = self.record()
        before, member.role = member.role, request.POST.get("role", "")
        member.save_by(request.membership, if_version=parse_id(request.POST.get("seen_version", "")))
        words = {"name": member.user, "role": Role(member.role).label}
        is_own = member.pk == request.membership.pk
        undo = "" if is_own else self.address("role", pk=member.pk)
        tell(request, _("%(name)s: %(role)s") % words, undo=undo, role=before)
        return redirect(self.address("list"))


class MemberRemovePage(OfMembers, SettingsPage, RecordPage):
    page = "remove"

    def post(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        member, by = self.record(), request.membership
        reasons = self.reasons_against(member)
        form = None if reasons else HandOverForm(request.POST, membership=member, by=by)
        if form is None or not form.is_valid():
            return self.show(member, form, reasons, status=REFUSED)
        heir, seen = form.cleaned_data["reassign_to"], parse_id(request.POST.get("seen_version", ""))
        reasons = reasons_against(lambda: actions.remove_member(member, by=by, reassign_to=heir, if_version=seen))
        return self.show(member, form, reasons, status=REFUSED) if reasons else self.go_on(member)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        member = self.record()
        reasons = self.reasons_against(member)
        form = None if reasons else HandOverForm(membership=member, by=self.request.membership)
        return self.show(member, form, reasons)

    def reasons_against(self, member: Membership) -> list[str]:
        return reasons_against(lambda: member.check_delete(self.request.membership))

    def show(self, member: Membership, form: Any, reasons: list[str], **options: Any) -> HttpResponse:
        facts = {"record": member, "form": form, "reasons": reasons, "records": actions.records_of(member)}
        return self.render_to_response(self.get_context_data(**facts, leaves=self.leaves(member)), **options)

    def leaves(self, member: Membership) -> bool:
        return member.user_id == self.request.user.pk

    def go_on(self, member: Membership) -> HttpResponse:
        if self.leaves(member):
            tell(self.request, _("You left %(organization)s") % {"organization": self.request.membership.organization})
            return redirect("home")
        tell(self.request, _("Removed %(name)s") % {"name": member.user})
        return redirect(self.address("list"))


class InvitePage(SettingsPage):
    """Its answer shows the links, once: they are stored nowhere."""

    page = "invite"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.show(InviteForm(by=self.request.membership))

    def post(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        by = request.membership
        form = InviteForm(request.POST, by=by)
        if not form.is_valid():
            return self.show(form, status=REFUSED)
        outcomes = form.send()
        refused = "\n".join(outcome.email for outcome in outcomes if outcome.reasons)
        again = InviteForm(by=by, initial={"emails": refused, "role": form.cleaned_data["role"]})
        return self.show(again, outcomes, status=REFUSED if refused else 200)

    def show(self, form: InviteForm, outcomes: Any = (), **options: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form, outcomes=outcomes), **options)


class SendAgainButton(Button, OfInvitations, RecordPage, MemberListPage):
    """A new link instead of the old one, shown above the list."""

    def act(self, request: Any) -> HttpResponse:
        earlier, by = self.record(), request.membership
        token = actions.invite(email=earlier.email, role=earlier.role, by=by)[1]
        sent = Outcome(earlier.email, actions.accept_url(token))
        return self.render_to_response(self.get_context_data(outcomes=[sent]))


class RevokeButton(Button, OfInvitations, RecordPage, MemberListPage):
    def act(self, request: Any) -> HttpResponse:
        invitation = self.record()
        invitation.delete_by(request.membership)
        tell(request, _("Revoked the invitation of %(email)s") % {"email": invitation.email})
        return redirect(self.address("list"))
