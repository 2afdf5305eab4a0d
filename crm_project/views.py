"""Pages that belong to no single room: where one begins."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render


def home(request: Any) -> HttpResponse:
    """On to where this user works."""
    if request.user.is_staff:
        return redirect("admin:index")
    return render(request, "nowhere.html")
