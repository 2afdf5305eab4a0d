"""The addresses of the pages of contacts and companies, inside an organization."""

from django.urls import include, path

from contacts import views

contacts = [
    path("", views.ContactListPage.as_view(), name="list"),
    path("suggest/", views.ContactSuggestPage.as_view(), name="suggest"),
    path("new/", views.ContactCreatePage.as_view(), name="create"),
    path("<int:pk>/", views.ContactPage.as_view(), name="detail"),
    path("<int:pk>/edit/", views.ContactEditPage.as_view(), name="edit"),
    path("<int:pk>/edit/<slug:name>/", views.ContactFieldPage.as_view(), name="field"),
    path("<int:pk>/delete/", views.ContactDeletePage.as_view(), name="delete"),
]
companies = [
    path("", views.CompanyListPage.as_view(), name="list"),
    path("suggest/", views.CompanySuggestPage.as_view(), name="suggest"),
    path("new/", views.CompanyCreatePage.as_view(), name="create"),
    path("<int:pk>/", views.CompanyPage.as_view(), name="detail"),
    path("<int:pk>/edit/", views.CompanyEditPage.as_view(), name="edit"),
    path("<int:pk>/edit/<slug:name>/", views.CompanyFieldPage.as_view(), name="field"),
    path("<int:pk>/delete/", views.CompanyDeletePage.as_view(), name="delete"),
]
urlpatterns = [
    path("contacts/", include((contacts, "contacts"))),
    path("companies/", include((companies, "companies"))),
]
