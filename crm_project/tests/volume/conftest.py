"""A little of everything, generated."""

import pytest

from crm_project.volume.generate import generate
from crm_project.volume.size import Size

LITTLE = Size(organizations=3, deals=80, contacts=45, activities=420)


@pytest.fixture
def email(db):
    """The owner's of the largest organization, after the generation."""
    return generate(LITTLE, seed=1, told=lambda count: None)
