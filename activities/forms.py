"""A comment as people write it; what it must be is said by the model."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from activities.models import Activity, Type
from deals.models import Deal
from organizations.models import Membership


class CommentForm(forms.Form):
    text = forms.CharField(label=_("Comment"), required=False, strip=False, widget=forms.Textarea)

    def post(self, deal: Deal, by: Membership) -> bool:
        """Whether the comment is in the timeline; else the form says why not."""
        if not self.is_valid():
            return False
        comment = Activity(deal=deal, type=Type.COMMENT, payload={"text": self.cleaned_data["text"]})
        try:
            comment.save_by(by)
        except ValidationError as refusal:
            self.add_error("text", refusal.messages)
            return False
        return True
