"""Makes the views of django-allauth answer a refused form as our pages do."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from organizations.tenancy.views import REFUSED


def refusing(view: Callable[..., Any]) -> Callable[..., Any]:
    """The same view, which answers 422 where it shows a form that it refused."""

    @wraps(view)
    def answer(request: Any, *args: Any, **kwargs: Any) -> Any:
        response = view(request, *args, **kwargs)
        form = (getattr(response, "context_data", None) or {}).get("form")
        if request.method == "POST" and form is not None and form.errors and response.status_code == 200:
            response.status_code = REFUSED
        return response

    return answer
