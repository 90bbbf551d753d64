from django.urls import path

from loaves import views

urlpatterns = [
    path("", views.index),
    path("health/", views.health),
    path("bake/<str:name>/", views.bake),
    path("baked/<str:task>/", views.baked),
]
