"""Pages that belong to no single room: where one begins, and what is up today."""

from itertools import groupby
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render

from crm_project import today
from organizations.models import Membership
from organizations.roles import Power
from tasks.views import OfTasks


def home(request: Any) -> HttpResponse:
    """On to where this user works."""
    membership = Membership.objects.filter(user=request.user).select_related("organization").first()
    if membership:
        return redirect("today", membership.organization.slug)
    if request.user.is_staff:
        return redirect("admin:index")
    return render(request, "nowhere.html")


class TodayPage(OfTasks):
    """What I have to do, which of my deals stand still, and what happened."""

    section = "today"
    template_name = "today.html"

    def get_template_names(self) -> list[str]:
        return [self.template_name]

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        by = self.request.membership
        day, stages, tasks = by.organization.today(), today.stages_of(by), today.my_tasks(by)
        happened = today.recent_activity(by)
        return super().get_context_data(
            tasks=[(is_late, list(group)) for is_late, group in groupby(tasks, lambda task: task.due_date < day)],
            how_many=tasks[0].of if tasks else 0,
            attention=today.needing_attention(by, stages),
            pipeline=today.my_pipeline(by, stages),
            entries=happened,
            begun=None if happened else today.beginnings(by),
            may_invite=by.may(Power.ADMINISTER),
            **more,
        )
