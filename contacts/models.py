"""The people and the companies that a team sells to."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy, ngettext

from contacts import likeness
from organizations.tenancy.constraints import TenantForeignKey, Unique
from organizations.tenancy.fields import Email, LongText, TextLine, fold
from organizations.tenancy.keyset import index_of, indexes_for
from organizations.tenancy.models import OwnedModel, TenantQuerySet
from organizations.tenancy.seeking import belongs_to, found, is_written_in

if TYPE_CHECKING:
    from organizations.models import Membership


def external_id_unique(name: str) -> Unique:
    return Unique(
        fields=["organization", "external_id"],
        name=name,
        violation_error_message=gettext_lazy("Another record has this external id."),
        violation_error_code="external_id_taken",
    )


def indexes_of_keys(model: str, *columns: str) -> list[models.Index]:
    return [models.Index(fields=["organization", column], name=f"{model}_by_{column}") for column in columns]


class Recognizable(OwnedModel):
    """A record that search finds, and that is recognized when it is written down a second time."""

    is_counted = True
    name: str
    phone: str
    search_text = models.TextField(editable=False, default="")
    phone_digits = models.TextField(editable=False, default="")
    phone_key = models.TextField(editable=False, default="")
    name_key = models.TextField(editable=False, default="")

    class Meta:
        abstract = True

    def prepare(self, stored: Self | None, by: Membership | None) -> None:
        super().prepare(stored, by)
        self.recognize()

    def recognize(self) -> None:
        """Fill in what it is found and recognized by."""
        self.search_text = fold("\n".join(text or "" for text in self.found_by()))
        self.phone_digits = likeness.digits(self.phone or "")
        self.phone_key = likeness.phone_key(self.phone or "")
        self.name_key = likeness.key(self.name or "")

    def found_by(self) -> tuple[str, ...]:
        raise NotImplementedError


def ways_to(words: str, has: str) -> list[models.Q]:
    """A record has these words in its texts, letter case and accents apart, or these digits in its phone."""
    number = likeness.sought_digits(words.strip())
    return [is_written_in(words, has), *([models.Q(**{f"phone_digits__{has}": number})] if number else ())]


class CompanyQuerySet(TenantQuerySet):
    def search(self, words: str) -> Self:
        """Companies with these words in their name, domain or phone."""
        return found(self, words, lambda has: ways_to(words, has))


class Company(Recognizable):
    external_id = TextLine(max_length=200, null=True, blank=True)
    name = TextLine(max_length=200)
    domain = TextLine(max_length=253, blank=True)
    phone = TextLine(max_length=50, blank=True)
    address = LongText(max_length=1000, blank=True)
    domain_key = models.TextField(editable=False, default="")

    objects: ClassVar = CompanyQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "companies"
        ordering = ["name", "id"]
        indexes = [
            *indexes_for("company", "name", "created_at", "updated_at"),
            *indexes_of_keys("company", "name_key", "phone_key", "domain_key"),
            index_of("company", "owner", "organization", "name"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["organization", "id"], name="company_pair"),
            external_id_unique("company_external_id_unique"),
            TenantForeignKey(field="owner", name="company_owner", to="organizations.Membership", to_field="user"),
        ]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def counted(cls, count: int) -> str:
        return ngettext("%(count)d company", "%(count)d companies", count) % {"count": count}

    def found_by(self) -> tuple[str, ...]:
        return self.name, self.domain, self.phone

    def recognize(self) -> None:
        super().recognize()
        self.domain_key = likeness.domain_key(self.domain or "")


class ContactQuerySet(TenantQuerySet):
    def search(self, words: str) -> Self:
        """Contacts with these words in their name, e-mail, phone or company."""

        def ways(has: str) -> list[models.Q]:
            return [*ways_to(words, has), belongs_to("company", self.beside(Company), words, has)]

        return found(self, words, ways, Company)


class Contact(Recognizable):
    external_id = TextLine(max_length=200, null=True, blank=True)
    name = TextLine(max_length=200)
    email = Email("e-mail", blank=True)
    phone = TextLine(max_length=50, blank=True)
    job_title = TextLine(max_length=200, blank=True)
    company = models.ForeignKey(
        Company, on_delete=models.SET_NULL, null=True, blank=True, db_index=False, related_name="contacts"
    )
    email_key = models.TextField(editable=False, default="")

    objects: ClassVar = ContactQuerySet.as_manager()

    class Meta:
        ordering = ["name", "id"]
        indexes = [
            *indexes_for("contact", "name", "created_at", "updated_at"),
            *indexes_of_keys("contact", "name_key", "phone_key", "email_key"),
            index_of("contact", "owner", "organization", "name"),
            index_of("contact", "company", "name"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["organization", "id"], name="contact_pair"),
            external_id_unique("contact_external_id_unique"),
            TenantForeignKey(field="company", name="contact_company"),
            TenantForeignKey(field="owner", name="contact_owner", to="organizations.Membership", to_field="user"),
        ]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def counted(cls, count: int) -> str:
        return ngettext("%(count)d contact", "%(count)d contacts", count) % {"count": count}

    def found_by(self) -> tuple[str, ...]:
        return self.name, self.email, self.phone

    def recognize(self) -> None:
        super().recognize()
        self.email_key = likeness.key(self.email or "")
