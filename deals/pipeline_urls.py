"""The addresses of pipelines and stages among the settings, inside an organization."""

from django.urls import include, path

from deals import pipeline_views as views

pipelines = [
    path("pipelines/", views.PipelineListPage.as_view(), name="list"),
    path("pipelines/new/", views.PipelineCreatePage.as_view(), name="create"),
    path("pipelines/<int:pk>/", views.PipelinePage.as_view(), name="detail"),
    path("pipelines/<int:pk>/edit/", views.PipelineEditPage.as_view(), name="edit"),
    path("pipelines/<int:pk>/default/", views.DefaultButton.as_view(), name="default"),
    path("pipelines/<int:pk>/delete/", views.PipelineDeletePage.as_view(), name="delete"),
    path("pipelines/<int:pk>/stages/new/", views.StageAddPage.as_view(), name="add_stage"),
    path("pipelines/missing-rates/", views.MissingRatesPage.as_view(), name="missing_rates"),
    path("stages/<int:pk>/delete/", views.StageDeletePage.as_view(), name="delete_stage"),
]
urlpatterns = [path("", include((pipelines, "pipelines")))]
