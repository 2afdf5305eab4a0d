"""Turns rows into members, known again by their e-mail address. A new one has no password until they set one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction

from imports.mapping import Mapping
from imports.report import Report
from imports.rows import Row
from organizations.models import Membership, Organization, User
from organizations.tenancy.bulk import save_all_by

TARGETS = {"email", "name", "role"}


@dataclass
class Draft:
    """What one row says of a member."""

    line: int
    user: User
    role: str


class MemberImport:
    """Saves the rows of one file as members. Users who are here already stay as they are: they are their own."""

    def __init__(self, mapping: Mapping, organization: Organization, by: Membership | None):
        self.mapping, self.organization, self.by = mapping, organization, by
        self.earlier: dict[str, Draft] = {}  # by e-mail

    @transaction.atomic
    def save(self, rows: Sequence[Row]) -> Report:
        """Save those of these rows that keep the rules."""
        report = Report()
        drafts = self._read(rows, report)
        newcomers = self._seat_users(drafts)
        members = self._members(drafts)
        self._add([draft for draft in drafts if draft.user.pk not in members], report)
        for draft in drafts:
            if draft.user.pk in members:
                self._change(members[draft.user.pk], draft, report)
        self._drop_unseated(newcomers)
        return report

    def _read(self, rows: Sequence[Row], report: Report) -> list[Draft]:
        """What the rows say, each person once; a row that only repeats an earlier one changes nothing."""
        drafts = []
        for row in rows:
            with report.refusing(row.line):
                draft = self._draft(row)
                if self._repeats(draft):
                    report.unchanged += 1
                else:
                    drafts.append(draft)
        return drafts

    def _draft(self, row: Row) -> Draft:
        said = self.mapping.values(row.cells())
        user = User(email=said.get("email", ""), name=said.get("name", ""))
        user.set_unusable_password()
        user.clean_fields()
        return Draft(row.line, user, said.get("role", ""))

    def _repeats(self, draft: Draft) -> bool:
        first = self.earlier.setdefault(draft.user.email, draft)
        if first.role != draft.role:
            sentence = f"Line {first.line} gives this member another role."
            raise ValidationError({"role": ValidationError(sentence, "ambiguous")})
        return first is not draft

    def _seat_users(self, drafts: list[Draft]) -> list[User]:
        """Give each draft the user of its e-mail address; answers with those who are new."""
        found = User.objects.filter(email__in=[draft.user.email for draft in drafts])
        known = {user.email: user for user in found}
        newcomers = [draft.user for draft in drafts if draft.user.email not in known]
        User.objects.bulk_create(newcomers)
        for draft in drafts:
            draft.user = known.get(draft.user.email, draft.user)
        return newcomers

    def _members(self, drafts: list[Draft]) -> dict[int, Membership]:
        """Those who have a place already, by user."""
        places = Membership.objects.filter(organization=self.organization, user__in=[draft.user for draft in drafts])
        return {membership.user_id: membership for membership in places}

    def _add(self, drafts: list[Draft], report: Report) -> None:
        members = [Membership(organization=self.organization, user=draft.user) for draft in drafts]
        for member, draft in zip(members, drafts, strict=True):
            member.role = draft.role or member.role
        lines = {draft.user.pk: draft.line for draft in drafts}
        outcome = save_all_by(members, self.by)
        report.created += len(outcome.created)
        for member, refusal in outcome.refused:
            report.refuse(lines[member.user_id], refusal)

    def _change(self, member: Membership, draft: Draft, report: Report) -> None:
        """One at a time: whether somebody may stop being an owner depends on who else is one by then."""
        member.role = draft.role or member.role
        if not member.changed_fields():
            report.unchanged += 1
            return
        with report.refusing(draft.line):
            member.save_by(self.by)
            report.changed += 1

    def _drop_unseated(self, newcomers: list[User]) -> None:
        """A refused newcomer leaves no user behind."""
        places = Membership.objects.filter(organization=self.organization, user__in=newcomers)
        seated = set(places.values_list("user", flat=True))
        User.objects.filter(pk__in=[user.pk for user in newcomers if user.pk not in seated]).delete()
