"""Every address of the project, as the proofs in `crm_project.proof` know it."""

from crm_project.proof.isolation.routes import Route, api_routes, page_routes, routes

__all__ = ["Route", "api_routes", "page_routes", "routes"]
